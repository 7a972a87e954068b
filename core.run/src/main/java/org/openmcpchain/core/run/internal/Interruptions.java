/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.RunState;

/**
 * Pauses runs because a person wants it, and lets them go on. The journaled steps are the checkpoint: nothing else is kept,
 * and nothing else is needed. Thread-safe.
 */
final class Interruptions {

    /** Why a run is paused. */
    static final String REASON = "interrupt";

    /** How long a thread that was interrupted is waited for; after that the run pauses as soon as the thread comes back. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    // A quotation mark within a text stands behind a backslash in canonical JSON, so no text can look like this.
    private static final String PAUSED = "\"to\":\"" + RunState.PAUSED + "\"";

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final Claims claims;
    private final RunLane lane;
    private final Clock clock;

    Interruptions(JournaledStore journal, ShieldedReads reads, Claims claims, RunLane lane, Clock clock) {
        this.journal = journal;
        this.reads = reads;
        this.claims = claims;
        this.lane = lane;
        this.clock = clock;
    }

    /** Whether somebody wants the run of this stream to pause, and it has not paused since. */
    static boolean isOpen(List<JournalEntry> stream) {
        boolean open = false;
        for (JournalEntry entry : stream) {
            open = switch (entry.type()) {
                case EntryTypes.RUN_INTERRUPT_REQUESTED -> true;
                case EntryTypes.RUN_RESUMED -> false;
                case EntryTypes.RUN_STATE -> open && !entry.body().contains(PAUSED);
                default -> open;
            };
        }
        return open;
    }

    /** See {@link org.openmcpchain.run.Signals#interrupt}. */
    RunRecord interrupt(String id, String principal, String reason, Duration grace) {
        RunRecord run = known(id);
        Transitions.refuseIllegal(run, RunState.PAUSED);
        request(run, principal, reason, grace);
        long forced = System.nanoTime() + grace.toNanos();
        long end = forced + PATIENCE.toNanos();
        while (!isOver(run) && isOpen(reads.entriesBehind(run.stream(), 0)) && System.nanoTime() - end < 0) {
            Attempt claim = new Attempt(id, null);
            Attempt other = claims.take(claim);
            if (other == null) {
                pauseUnclaimed(claim);
            } else {
                other.halt(Attempt.Halt.PAUSE);
                if (!other.awaitEnd(Duration.ofNanos(Math.max(0, forced - System.nanoTime())))) {
                    other.interrupt();
                    other.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                }
            }
            run = known(id);
        }
        return run;
    }

    /** See {@link org.openmcpchain.run.Signals#resume}. */
    RunRecord resume(String id, String principal) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
            refuseUnlessPaused(known(id));
            Attempt claim = new Attempt(id, null);
            Attempt other = claims.take(claim);
            if (other != null) {
                other.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                continue;
            }
            RunRecord run;
            try {
                run = goOn(known(id), principal);
                lane.add(id);
            } finally {
                claims.release(claim);
            }
            return run;
        }
        throw HostException.of(RunError.RUN_TRANSITION_ILLEGAL, "id", id, "detail", "somebody moves the run just now");
    }

    private RunRecord goOn(RunRecord run, String principal) {
        refuseUnlessPaused(run);
        Transitions onward = new Transitions(run)
                .to(RunState.SCHEDULED, "resumed", clock.instant().truncatedTo(ChronoUnit.MILLIS));
        journal.write(
                List.of(
                        new EntryDraft(run.stream(), EntryTypes.RUN_RESUMED, Map.of("principal", principal)),
                        onward.entries().get(0)),
                List.of(new RunSaved(onward.run())));
        return onward.run();
    }

    private static void refuseUnlessPaused(RunRecord run) {
        if (run.state() != RunState.PAUSED) {
            throw HostException.of(
                    RunError.RUN_TRANSITION_ILLEGAL,
                    "id",
                    run.id(),
                    "from",
                    run.state(),
                    "to",
                    RunState.SCHEDULED,
                    "detail",
                    "only a paused run is resumed");
        }
    }

    private static boolean isOver(RunRecord run) {
        return run.state() == RunState.PAUSED || run.state().isTerminal();
    }

    private RunRecord known(String id) {
        Optional<RunRecord> run = id.length() > RunEngine.MAX_ID ? Optional.empty() : reads.ask(rows -> rows.run(id));
        return run.orElseThrow(() -> HostException.of(RunError.RUN_UNKNOWN, "id", PlainText.of(id, RunEngine.MAX_ID)));
    }

    /** On disk first: a host that dies now still pauses the run after its restart. */
    private void request(RunRecord run, String principal, String reason, Duration grace) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("principal", principal);
        body.put("reason", PlainText.orNull(reason, PlainText.DETAIL));
        body.put("grace", grace.toString());
        try {
            journal.write(List.of(new EntryDraft(run.stream(), EntryTypes.RUN_INTERRUPT_REQUESTED, body)), List.of());
        } catch (HostException e) {
            if (e.code() != JournalError.STREAM_ENDED) {
                throw e;
            }
            Transitions.refuseIllegal(known(run.id()), RunState.PAUSED);
        }
    }

    /** Nobody works on it: it pauses here. If that fails it stays in the queue, and its worker finds the wish. */
    private void pauseUnclaimed(Attempt claim) {
        try {
            pause(known(claim.runId()));
        } catch (RuntimeException | Error e) {
            lane.add(claim.runId());
            throw e;
        } finally {
            claims.release(claim);
        }
    }

    /** A run that paused before and was resumed since is left alone: it has its place in the queue. */
    private void pause(RunRecord run) {
        if (!isOver(run)) {
            if (!isOpen(reads.entriesBehind(run.stream(), 0))) {
                return;
            }
            Transitions pause = new Transitions(run)
                    .to(RunState.PAUSED, REASON, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            journal.write(pause.entries(), List.of(new RunSaved(pause.run())));
        }
        lane.remove(run.id());
    }
}
