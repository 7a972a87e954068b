/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Makes one attempt at a run: from wherever it is to its end, or back to the queue. Thread-safe. */
final class RunWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final RunCloser closer;
    private final ScheduledExecutorService watch;
    private final Duration deadline;
    private final Clock clock;
    private final Supplier<List<BundleRef>> bundles;

    RunWorker(
            JournaledStore journal,
            ShieldedReads reads,
            RunCloser closer,
            ScheduledExecutorService watch,
            Duration deadline,
            Clock clock,
            Supplier<List<BundleRef>> bundles) {
        this.journal = journal;
        this.reads = reads;
        this.closer = closer;
        this.watch = watch;
        this.deadline = deadline;
        this.clock = clock;
        this.bundles = bundles;
    }

    /** What became of the run; {@link AttemptResult.Ended} only when the end is on disk. */
    AttemptResult work(Attempt attempt) {
        MDC.put("run", attempt.runId());
        try {
            return attempt(attempt);
        } catch (HostException e) {
            LOG.error(
                    "Run {} cannot be brought forward now and is tried again: {}", attempt.runId(), e.getMessage(), e);
            return new AttemptResult.Again(e.code().name(), true);
        } catch (RuntimeException | Error e) {
            LOG.error("Run {} cannot be brought forward now and is tried again", attempt.runId(), e);
            return new AttemptResult.Again("fault", true);
        } finally {
            MDC.remove("run");
        }
    }

    private AttemptResult attempt(Attempt attempt) {
        RunRecord run = reads.ask(rows -> rows.run(attempt.runId())).orElseThrow();
        if (run.state().isTerminal()) {
            return new AttemptResult.Suspended();
        }
        List<JournalEntry> history = new ArrayList<>(reads.entriesBehind(run.stream(), 0));
        if (isCancelled(history)) {
            RunEnding cancelled = AttemptResult.cancelled(Optional.empty());
            closer.end(run, cancelled);
            return new AttemptResult.Ended(cancelled);
        }
        RunRecord running = begin(run);
        history.addAll(reads.entriesBehind(run.stream(), history.size()));
        AttemptResult result = execute(running, history, attempt);
        // A stop that lost its patience has given this attempt up; the next start may be working on the run already.
        return attempt.isOver() ? new AttemptResult.Suspended() : conclude(running, result);
    }

    private AttemptResult conclude(RunRecord running, AttemptResult result) {
        if (result instanceof AttemptResult.Ended ended) {
            closer.end(running, ended.ending());
        } else if (result instanceof AttemptResult.Again again) {
            save(new Transitions(running).to(RunState.RETRYING, again.reason(), now()));
        }
        return result;
    }

    private static boolean isCancelled(List<JournalEntry> history) {
        return history.stream().anyMatch(entry -> entry.type().equals(EntryTypes.RUN_CANCEL_REQUESTED));
    }

    private RunRecord begin(RunRecord run) {
        return save(new Transitions(run).toRunning(now(), bundles.get()));
    }

    private RunRecord save(Transitions transitions) {
        journal.write(transitions.entries(), List.of(new RunSaved(transitions.run())));
        return transitions.run();
    }

    private AttemptResult execute(RunRecord run, List<JournalEntry> history, Attempt attempt) {
        AttemptSession session = new AttemptSession(run, history, attempt, journal, clock);
        RunEnding ending = null;
        Throwable thrown = null;
        Future<?> timer = watch.schedule(() -> expire(attempt), deadline.toMillis(), TimeUnit.MILLISECONDS);
        attempt.enter();
        try {
            attempt.check();
            ending = attempt.executor().execute(session);
        } catch (RuntimeException | Error e) {
            thrown = e;
            LOG.debug("The executor of run {} threw", run.id(), e);
        } finally {
            attempt.leave();
            timer.cancel(false);
        }
        AttemptResult result = AttemptResult.of(attempt.halted(), ending, thrown);
        if (thrown != null && !(thrown instanceof HostException) && isFault(result)) {
            LOG.error("Run {} failed inside the host", run.id(), thrown);
        }
        return result;
    }

    private static boolean isFault(AttemptResult result) {
        return result instanceof AttemptResult.Ended ended
                && ended.ending().errorCode().filter("RUN_INTERNAL"::equals).isPresent();
    }

    private static void expire(Attempt attempt) {
        attempt.halt(Attempt.Halt.DEADLINE);
        attempt.interrupt();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
