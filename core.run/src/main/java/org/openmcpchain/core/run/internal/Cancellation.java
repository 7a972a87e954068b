/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.RunState;

/** Ends runs because a person wants it: at once when nobody works on them, otherwise as soon as the work stops. Thread-safe. */
final class Cancellation {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final Claims claims;
    private final RunLane lane;
    private final RunCloser closer;

    Cancellation(JournaledStore journal, ShieldedReads reads, Claims claims, RunLane lane, RunCloser closer) {
        this.journal = journal;
        this.reads = reads;
        this.claims = claims;
        this.lane = lane;
        this.closer = closer;
    }

    /** See {@link org.openmcpchain.run.Runs#cancel}. */
    RunRecord cancel(String id, String principal, String reason) {
        RunRecord run = known(id);
        Transitions.refuseIllegal(run, RunState.CANCELLED);
        request(run, principal, reason);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!run.state().isTerminal() && System.nanoTime() - end < 0) {
            Attempt claim = new Attempt(id, null);
            Attempt other = claims.take(claim);
            if (other == null) {
                endUnclaimed(claim);
            } else {
                other.halt(Attempt.Halt.CANCEL);
                other.interrupt();
                other.awaitEnd(Duration.ofNanos(end - System.nanoTime()));
            }
            run = known(id);
        }
        return run;
    }

    private RunRecord known(String id) {
        Optional<RunRecord> run = id.length() > RunEngine.MAX_ID ? Optional.empty() : reads.ask(rows -> rows.run(id));
        return run.orElseThrow(() -> HostException.of(RunError.RUN_UNKNOWN, "id", PlainText.of(id, RunEngine.MAX_ID)));
    }

    /** On disk first: a host that dies now still ends the run after its restart. */
    private void request(RunRecord run, String principal, String reason) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("principal", principal);
        body.put("reason", PlainText.orNull(reason, PlainText.DETAIL));
        try {
            journal.write(List.of(new EntryDraft(run.stream(), EntryTypes.RUN_CANCEL_REQUESTED, body)), List.of());
        } catch (HostException e) {
            if (e.code() != JournalError.STREAM_ENDED) {
                throw e;
            }
            Transitions.refuseIllegal(known(run.id()), RunState.CANCELLED);
        }
    }

    /** Ends a run that nobody works on. If that fails it goes into the queue, and its worker ends it. */
    private void endUnclaimed(Attempt claim) {
        boolean ended = false;
        try {
            RunRecord run = known(claim.runId());
            if (!run.state().isTerminal()) {
                closer.end(run, AttemptResult.cancelled(Optional.empty()));
            }
            ended = true;
        } finally {
            claims.release(claim);
            if (ended) {
                lane.remove(claim.runId());
            } else {
                lane.add(claim.runId());
            }
        }
    }
}
