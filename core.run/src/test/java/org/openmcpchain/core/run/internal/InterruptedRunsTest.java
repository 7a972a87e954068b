/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Host.success;
import static org.openmcpchain.core.run.internal.SlowExecutors.awaitQuietly;
import static org.openmcpchain.core.run.internal.SlowExecutors.awaitStubbornly;
import static org.openmcpchain.core.run.internal.SlowExecutors.untilHalted;
import static org.openmcpchain.core.run.internal.SlowExecutors.untilInterrupted;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** Runs that are cut off, too slow, or whose executor goes away. */
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
        host.awaitEntry(id, "step.done");
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
        host.awaitEntry(id, "step.done");
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
        host.awaitEntry(id, "step.done");
        leaving.countDown();
        host.withoutExecutor();

        assertThat(host.awaitState(id, RunState.SUCCEEDED).reply()).contains("just in time");
    }

    @Test
    void aStopSuspendsRunsAndTheNextStartContinuesThem() {
        host.with(untilHalted());
        String running = host.submit("running").id();
        host.awaitEntry(running, "step.done");
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
        host.awaitEntry(id, "step.done");
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
        host.awaitEntry(ends, "step.done");
        host.awaitEntry(goesOn, "step.done");
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

    private static long countOf(RunSession session, String type) {
        return session.history().stream()
                .filter(entry -> entry.type().equals(type))
                .count();
    }
}
