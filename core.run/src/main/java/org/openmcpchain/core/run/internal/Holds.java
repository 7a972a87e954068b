/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.run.RunState;

/** Lets runs go on that hold no thread because somebody has to decide. Thread-safe. */
final class Holds {

    /** Who has a claim without working moves the run, or ends it; that does not take long. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final Claims claims;
    private final RunLane lane;
    private final Clock clock;

    Holds(JournaledStore journal, ShieldedReads reads, Claims claims, RunLane lane, Clock clock) {
        this.journal = journal;
        this.reads = reads;
        this.claims = claims;
        this.lane = lane;
        this.clock = clock;
    }

    /** See {@link org.openmcpchain.core.run.RunControl#wake}. */
    void wake(String runId) {
        while (true) {
            Attempt claim = new Attempt(runId, null);
            Attempt other = claims.take(claim);
            if (other == null) {
                try {
                    goOn(runId);
                } finally {
                    claims.release(claim);
                }
                return;
            }
            // A worker looks for the wish after giving its claim back: either it is seen there or the claim is free
            // here.
            if (claims.wake(runId).filter(Attempt::isWork).isPresent()) {
                return;
            }
            other.awaitEnd(MOMENT);
        }
    }

    private void goOn(String runId) {
        Optional<RunRecord> run = reads.ask(rows -> rows.run(runId));
        if (run.isPresent() && run.get().state() == RunState.WAITING_APPROVAL) {
            Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Transitions onward = new Transitions(run.get()).to(RunState.SCHEDULED, "woken", at);
            journal.write(onward.entries(), List.of(new RunSaved(onward.run())));
            lane.add(runId);
        }
    }
}
