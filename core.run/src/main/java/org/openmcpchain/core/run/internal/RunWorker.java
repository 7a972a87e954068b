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
import org.openmcpchain.error.ErrorCatalogue;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Makes one attempt at a run: from wherever it is to its end, to where it waits, or back to the queue. The journal decides what
 * a delivery may do. Thread-safe.
 */
final class RunWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    /** How long something that is out of order, and not the run's fault, is left alone. */
    static final Duration LATER = Duration.ofSeconds(2);

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final RunCloser closer;
    private final ScheduledExecutorService watch;
    private final Duration deadline;
    private final RetryRule retries;
    private final Clock clock;
    private final Supplier<List<BundleRef>> bundles;

    RunWorker(
            JournaledStore journal,
            ShieldedReads reads,
            RunCloser closer,
            ScheduledExecutorService watch,
            Duration deadline,
            RetryRule retries,
            Clock clock,
            Supplier<List<BundleRef>> bundles) {
        this.journal = journal;
        this.reads = reads;
        this.closer = closer;
        this.watch = watch;
        this.deadline = deadline;
        this.retries = retries;
        this.clock = clock;
        this.bundles = bundles;
    }

    /** When the run is to be worked on again; empty when it has ended or waits, which is on disk then. */
    Optional<Duration> work(Attempt attempt) {
        MDC.put("run", attempt.runId());
        try {
            return attempt(attempt);
        } catch (HostException e) {
            LOG.error(
                    "Run {} cannot be brought forward now and is tried again: {}", attempt.runId(), e.getMessage(), e);
            return Optional.of(LATER);
        } catch (RuntimeException | Error e) {
            LOG.error("Run {} cannot be brought forward now and is tried again", attempt.runId(), e);
            return Optional.of(LATER);
        } finally {
            MDC.remove("run");
        }
    }

    private Optional<Duration> attempt(Attempt attempt) {
        Optional<RunRecord> known = reads.ask(rows -> rows.run(attempt.runId()));
        if (known.isEmpty() || known.get().state().isTerminal()) {
            return Optional.empty();
        }
        RunRecord run = known.get();
        List<JournalEntry> history = new ArrayList<>(reads.entriesBehind(run.stream(), 0));
        if (isCancelled(history)) {
            closer.end(run, AttemptResult.cancelled(Optional.empty()));
            return Optional.empty();
        }
        if (isHeld(run)) {
            return Optional.empty();
        }
        if (Interruptions.isOpen(history)) {
            return pause(run);
        }
        RunRecord running = begin(run);
        history.addAll(reads.entriesBehind(run.stream(), history.size()));
        AttemptResult result = execute(running, history, attempt);
        // Who lost patience has given this attempt up: the run has ended, or the next start works on it already.
        return attempt.isOver() ? Optional.of(Duration.ZERO) : concludeOrWait(running, history, result);
    }

    private Optional<Duration> concludeOrWait(RunRecord running, List<JournalEntry> history, AttemptResult result) {
        try {
            return conclude(running, history, result);
        } catch (RuntimeException e) {
            Duration wait = Setbacks.waitAfter(history);
            LOG.error(
                    "What became of run {} cannot be written; it is tried again in {}: {}",
                    running.id(),
                    wait,
                    e.getMessage(),
                    e);
            return Optional.of(wait);
        }
    }

    private Optional<Duration> conclude(RunRecord running, List<JournalEntry> history, AttemptResult result) {
        if (result instanceof AttemptResult.Ended ended) {
            end(running, Retries.countIn(history), ended.ending());
            return Optional.empty();
        }
        if (result instanceof AttemptResult.Paused) {
            return pause(running);
        }
        if (result instanceof AttemptResult.Again again) {
            save(new Transitions(running).to(RunState.RETRYING, again.reason(), now()));
            return Optional.of(again.later() ? LATER : Duration.ZERO);
        }
        if (result instanceof AttemptResult.Held held) {
            save(new Transitions(running).toHeld(held.approval(), now()));
            return Optional.empty();
        }
        if (result instanceof AttemptResult.Faulty faulty) {
            return retry(running, Retries.countIn(history), faulty.ending());
        }
        return Optional.of(Duration.ZERO);
    }

    private Optional<Duration> pause(RunRecord run) {
        save(new Transitions(run).to(RunState.PAUSED, Interruptions.REASON, now()));
        return Optional.empty();
    }

    /** An executor that knew that this was the last try has made an ending of what would have been a retry. */
    private void end(RunRecord running, int before, RunEnding ending) {
        boolean mayPass = ending.state() == RunState.FAILED
                && ending.errorCode()
                        .flatMap(ErrorCatalogue::find)
                        .filter(RetryRule::mayPass)
                        .isPresent();
        if (mayPass && retries.left(before) == 0) {
            closer.giveUp(running, ending);
        } else {
            closer.end(running, ending);
        }
    }

    private Optional<Duration> retry(RunRecord running, int before, RunEnding ending) {
        Optional<Duration> wait = retries.next(before);
        if (wait.isEmpty()) {
            LOG.warn(
                    "Run {} is given up after {} retries: {}",
                    running.id(),
                    before,
                    ending.errorCode().orElse(""));
            closer.giveUp(running, ending);
        } else {
            Instant at = now();
            save(new Transitions(running)
                    .to(RunState.RETRYING, Retries.REASON, at, Retries.body(before + 1, ending, at.plus(wait.get()))));
        }
        return wait;
    }

    /** Only who holds a run lets it go on; a delivery does not. */
    private static boolean isHeld(RunRecord run) {
        return switch (run.state()) {
            case WAITING_APPROVAL, PAUSED, COMPENSATING -> true;
            default -> false;
        };
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
        AttemptSession session = new AttemptSession(
                run, history, attempt, journal, reads, retries.left(Retries.countIn(history)), clock);
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
