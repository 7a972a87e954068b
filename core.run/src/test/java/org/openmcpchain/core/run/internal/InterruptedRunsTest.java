/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Codes.assertCode;
import static org.openmcpchain.core.run.internal.Host.success;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** Runs that are cut off, cancelled, too slow, or whose executor goes away. */
@Timeout(60)
final class InterruptedRunsTest {

    private static final EngineSettings SETTINGS = Settings.engine(2, 100, "PT1M", "PT0.4S");

    private final HookedStore store = new HookedStore();
    private Host host = new Host(store, SETTINGS);

    @AfterEach
    void close() {
        host.close();
    }

    private void restart() {
        host.close();
        host = new Host(store, SETTINGS);
    }

    @Test
    void runsWaitUntilSomebodyCanDoTheWork() {
        String id = host.submit("goal").id();
        assertThat(host.find(id).state()).isEqualTo(RunState.PENDING);

        host.with(session -> success("done"));
        host.awaitState(id, RunState.SUCCEEDED);
    }

    @Test
    void aRunGoesBackWhenItsExecutorLeavesAndOnWhenOneComes() {
        host.with(untilHalted());
        String id = host.submit("goal").id();
        awaitEntry(id, "step.done");
        host.withoutExecutor();
        assertThat(host.find(id).state()).isEqualTo(RunState.RETRYING);

        host.with(session -> success(countOf(session, "step.done") + " steps were done before"));
        Run ended = host.awaitState(id, RunState.SUCCEEDED);

        assertThat(ended.reply()).contains("1 steps were done before");
        assertThat(ended.attempts()).isEqualTo(2);
        assertThat(host.reasons(id))
                .containsExactly(
                        "SCHEDULED lane",
                        "RUNNING started",
                        "RETRYING executor-gone",
                        "SCHEDULED lane",
                        "RUNNING continued");
    }

    @Test
    void anExecutorThatDoesNotLookIsInterruptedWhenItLeaves() {
        host.with(untilInterrupted());
        String id = host.submit("goal").id();
        awaitEntry(id, "step.done");
        host.with(session -> success("by the successor"));

        assertThat(host.awaitState(id, RunState.SUCCEEDED).reply()).contains("by the successor");
    }

    @Test
    void aGoalThatWasReachedWhileTheExecutorLeftIsReached() {
        CountDownLatch leaving = new CountDownLatch(1);
        host.with(session -> {
            session.record("step.done", Map.of());
            awaitQuietly(leaving);
            return success("just in time");
        });
        String id = host.submit("goal").id();
        awaitEntry(id, "step.done");
        leaving.countDown();
        host.withoutExecutor();

        assertThat(host.awaitState(id, RunState.SUCCEEDED).reply()).contains("just in time");
    }

    @Test
    void aStopSuspendsRunsAndTheNextStartContinuesThem() {
        host.with(untilHalted());
        String running = host.submit("running").id();
        awaitEntry(running, "step.done");
        host.engine.stop();
        assertThat(host.store.run(running).orElseThrow().state()).isEqualTo(RunState.RUNNING);
        restart();
        assertThat(host.find(running).state()).isEqualTo(RunState.RETRYING);

        host.with(session -> success("continued"));
        Run ended = host.awaitState(running, RunState.SUCCEEDED);
        assertThat(ended.attempts()).isEqualTo(2);
        assertThat(host.reasons(running)).contains("RETRYING restart");
        assertThat(host.journal.verify("run/" + running).intact()).isTrue();
    }

    @Test
    void waitingRunsSurviveARestart() {
        List<String> waiting =
                List.of(host.submit("one").id(), host.submit("two").id());
        restart();
        host.with(session -> success("done"));
        waiting.forEach(id -> host.awaitState(id, RunState.SUCCEEDED));
    }

    @Test
    void whatAnAbandonedAttemptBringsDoesNotCount() {
        CountDownLatch goOn = new CountDownLatch(1);
        List<Thread> zombies = new CopyOnWriteArrayList<>();
        List<String> refused = new CopyOnWriteArrayList<>();
        host.with(session -> {
            zombies.add(Thread.currentThread());
            session.record("step.done", Map.of());
            awaitStubbornly(goOn);
            try {
                session.record("step.late", Map.of());
            } catch (RunSuspendedException e) {
                refused.add("step.late");
            }
            return success("too late");
        });
        String id = host.submit("goal").id();
        awaitEntry(id, "step.done");
        host.engine.stop();
        goOn.countDown();
        await().until(() -> !zombies.get(0).isAlive());

        assertThat(refused).containsExactly("step.late");
        assertThat(host.find(id).state()).isEqualTo(RunState.RUNNING);
        assertThat(host.stream(id)).extracting(JournalEntry::type).doesNotContain("step.late", "run.ended");
        restart();
        host.with(session -> success("by the next life"));
        assertThat(host.awaitState(id, RunState.SUCCEEDED).reply()).contains("by the next life");
    }

    @Test
    void cancelsARunThatWaits() {
        String id = host.submit("goal").id();
        Run cancelled = host.engine.cancel(id, "alice", "changed my mind");

        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
        assertThat(cancelled.errorCode()).contains("RUN_CANCELLED");
        assertThat(store.receipt(id)).isPresent();
        assertThat(host.stream(id))
                .extracting(JournalEntry::type)
                .containsExactly("run.submitted", "run.cancel-requested", "run.ended");
        assertThat(host.stream(id).get(1).body()).contains("alice", "changed my mind");
        host.with(session -> {
            throw new IllegalStateException("must not be called");
        });
        assertThat(host.find(id).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void cancelsARunBetweenItsSteps() {
        host.with(untilHalted());
        String id = host.submit("goal").id();
        awaitEntry(id, "step.done");

        assertThat(host.engine.cancel(id, "alice", null).state()).isEqualTo(RunState.CANCELLED);
        assertThat(store.receipt(id)).isPresent();
    }

    @Test
    void cancelsARunWithinAStep() {
        host.with(untilInterrupted());
        String id = host.submit("goal").id();
        awaitEntry(id, "step.done");

        assertThat(host.engine.cancel(id, "alice", "stop").state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aGoalThatWasReachedBeforeTheCancelWasSeenIsReached() {
        CountDownLatch cancelled = new CountDownLatch(1);
        host.with(session -> {
            session.record("step.done", Map.of());
            awaitStubbornly(cancelled);
            return success("sent already");
        });
        String id = host.submit("goal").id();
        awaitEntry(id, "step.done");
        store.after = changes -> {
            if (changes.stream()
                    .anyMatch(change -> change instanceof EntryAppended appended
                            && appended.entry().type().equals(EntryTypes.RUN_CANCEL_REQUESTED))) {
                cancelled.countDown();
            }
        };
        assertThat(host.engine.cancel(id, "alice", "too late").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aCancelThatWasAcknowledgedSurvivesARestart() {
        CountDownLatch never = new CountDownLatch(1);
        host.with(session -> {
            session.record("step.done", Map.of());
            awaitStubbornly(never);
            throw new IllegalStateException("cut off");
        });
        String id = host.submit("goal").id();
        awaitEntry(id, "step.done");
        host.journal.append("run/" + id, EntryTypes.RUN_CANCEL_REQUESTED, Map.of("principal", "alice"));
        restart();
        AtomicInteger calls = new AtomicInteger();
        host.with(session -> {
            calls.incrementAndGet();
            return success("must not be called");
        });

        host.awaitState(id, RunState.CANCELLED);
        assertThat(calls).hasValue(0);
        never.countDown();
    }

    @Test
    void cancelsARunThatWentBackForWantOfAnExecutor() {
        host.with(untilHalted());
        String id = host.submit("goal").id();
        awaitEntry(id, "step.done");
        host.withoutExecutor();

        assertThat(host.engine.cancel(id, "alice", "").state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aCancelWithoutReceiptIsNoEndAndIsDoneLater() {
        String id = host.submit("goal").id();
        host.issuer.onIssue = () -> {
            throw new IllegalStateException("no key");
        };
        Assertions.assertThatThrownBy(() -> host.engine.cancel(id, "alice", ""))
                .isInstanceOf(IllegalStateException.class);
        assertThat(host.find(id).state()).isEqualTo(RunState.PENDING);

        host.issuer.onIssue = () -> {};
        host.with(session -> success("must not be called"));
        host.awaitState(id, RunState.CANCELLED);
    }

    @Test
    void refusesToCancelWhatHasEndedOrNeverWas() {
        host.with(session -> success("done"));
        String id = host.submit("goal").id();
        host.awaitState(id, RunState.SUCCEEDED);

        assertCode(RunError.RUN_TRANSITION_ILLEGAL, () -> host.engine.cancel(id, "alice", ""));
        assertCode(RunError.RUN_UNKNOWN, () -> host.engine.cancel("nobody", "alice", ""));
    }

    @Test
    void aRunThatIsTooSlowEndsAtItsDeadline() {
        try (Host impatient = new Host(new HookedStore(), Settings.engine(2, 10, "PT0.2S", "PT0.4S"))) {
            impatient.with(untilInterrupted());
            String blocked = impatient.submit("blocked").id();
            assertThat(impatient.awaitState(blocked, RunState.FAILED).errorCode())
                    .contains("RUN_DEADLINE");

            impatient.with(untilHalted());
            String looking = impatient.submit("looking").id();
            assertThat(impatient.awaitState(looking, RunState.FAILED).errorCode())
                    .contains("RUN_DEADLINE");

            impatient.with(session -> {
                awaitQuietly(new CountDownLatch(1));
                return RunEnding.failed("CHAIN_OUTCOME_UNKNOWN", "it may still be mined");
            });
            String honest = impatient.submit("honest").id();
            assertThat(impatient.awaitState(honest, RunState.FAILED).errorCode())
                    .contains("CHAIN_OUTCOME_UNKNOWN");
        }
    }

    @Test
    void aRunIsTriedAgainWhenTheJournalWasAway() {
        AtomicInteger calls = new AtomicInteger();
        host.with(session -> {
            if (calls.incrementAndGet() == 1) {
                throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
            }
            return success("done");
        });
        Run ended = host.awaitState(host.submit("goal").id(), RunState.SUCCEEDED);

        assertThat(ended.attempts()).isEqualTo(2);
        assertThat(host.reasons(ended.id())).contains("RETRYING journal-unavailable");
    }

    @Test
    void aRunIsTriedAgainWhenItsEndCouldNotBeWritten() {
        AtomicInteger failures = new AtomicInteger();
        host.with(session -> success("done"));
        store.before = changes -> {
            boolean end = changes.stream()
                    .anyMatch(change -> change instanceof EntryAppended appended
                            && appended.entry().type().equals(EntryTypes.RUN_ENDED));
            if (end && failures.getAndIncrement() == 0) {
                throw new IllegalStateException("disk full");
            }
        };
        Run ended = host.awaitState(host.submit("goal").id(), RunState.SUCCEEDED);

        assertThat(ended.attempts()).isEqualTo(2);
        assertThat(host.reasons(ended.id())).contains("RETRYING interrupted");
    }

    @Test
    void aRunWhoseEndCannotBeWrittenIsTriedLessAndLessOften() {
        FakeClock clock = new FakeClock();
        try (Host still = new Host(new HookedStore(), SETTINGS, clock)) {
            still.issuer.onIssue = () -> {
                throw new IllegalStateException("no receipt for this one");
            };
            still.with(session -> success("done"));
            String id = still.submit("goal").id();
            await().until(() -> still.issuer.issued.size() == 1);

            List<Duration> waits = new ArrayList<>();
            await().until(() -> !still.engine.claims.isTaken(id));
            for (int i = 0; i < 9; i++) {
                waits.add(still.engine.deliver(id).orElseThrow());
            }
            assertThat(waits)
                    .extracting(Duration::toSeconds)
                    .containsExactly(4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);

            still.issuer.onIssue = () -> {};
            assertThat(still.engine.deliver(id)).isEmpty();
            assertThat(still.find(id).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void aRunThatEndsWhileTheHostStartsKeepsNoOtherFromGoingOn() {
        host.with(untilHalted());
        String ends = host.submit("ends").id();
        String goesOn = host.submit("goes on").id();
        awaitEntry(ends, "step.done");
        awaitEntry(goesOn, "step.done");
        host.close();
        store.unfinished = runs -> {
            endElsewhere(ends);
            return runs;
        };

        host = new Host(store, SETTINGS);
        assertThat(host.find(ends).state()).isEqualTo(RunState.CANCELLED);
        assertThat(host.reasons(goesOn)).contains("RETRYING restart");
        host.with(session -> success("continued"));
        host.awaitState(goesOn, RunState.SUCCEEDED);
        assertThat(host.journal.verify("run/" + ends).intact()).isTrue();
    }

    private void endElsewhere(String id) {
        ShieldedReads others = ShieldedReads.of(store);
        HostJournal journal = new HostJournal(Settings.journal(), others, Clock.systemUTC());
        RunCloser closer = new RunCloser(journal, others, FakeIssuer::new, new RunEndings(), Clock.systemUTC());
        closer.end(store.run(id).orElseThrow(), AttemptResult.cancelled(Optional.empty()));
        journal.close();
        others.close();
    }

    @Test
    void aStrayInterruptOfAWorkerHarmsNobody() {
        host.with(session -> {
            Thread.currentThread().interrupt();
            return success("done");
        });
        for (int i = 0; i < 5; i++) {
            host.awaitState(host.submit("goal").id(), RunState.SUCCEEDED);
        }
    }

    private void awaitEntry(String id, String type) {
        await().until(() ->
                host.stream(id).stream().anyMatch(entry -> entry.type().equals(type)));
    }

    private static long countOf(RunSession session, String type) {
        return session.history().stream()
                .filter(entry -> entry.type().equals(type))
                .count();
    }

    /** Works in small steps and looks between them whether it may go on. */
    private static RunExecutor untilHalted() {
        return session -> {
            session.record("step.done", Map.of());
            while (true) {
                session.checkActive();
                Thread.onSpinWait();
            }
        };
    }

    /** Hangs in one step and never looks. */
    private static RunExecutor untilInterrupted() {
        return session -> {
            session.record("step.done", Map.of());
            awaitQuietly(new CountDownLatch(1));
            return RunEnding.failed("INFERENCE_FAILED", "interrupted");
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(40, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        while (true) {
            try {
                if (latch.await(40, TimeUnit.SECONDS)) {
                    return;
                }
                throw new IllegalStateException("nobody opened the latch");
            } catch (InterruptedException e) {
                Thread.onSpinWait();
            }
        }
    }
}
