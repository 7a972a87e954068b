/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
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
        // Whoever has the claim looks for the wish after giving it back, so either it is seen there or the claim is
        // free here.
        while (!claims.wake(runId)) {
            Attempt claim = new Attempt(runId, null);
            if (claims.take(claim) == null) {
                try {
                    goOn(runId);
                } finally {
                    claims.release(claim);
                }
                return;
            }
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
