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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.Mockito;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.RunHeldException;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.core.run.WorkQueue;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** Runs that people stop and let go on: everything that was done stays done. */
@Timeout(60)
final class InterruptTest {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private Host host = new Host();
    private RunSignals signals = signals(host);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void stopsARunBetweenItsStepsAndGoesOnAtTheFirstUnfinishedOne() {
        Steps steps = new Steps(3);
        host.with(steps);
        String id = host.submit("goal").id();
        await().until(() -> steps.done.get() >= 1);

        Run paused = signals.interrupt(id, "alice", "lunch", GRACE);

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(host.stream(id)).extracting("type").contains(EntryTypes.RUN_INTERRUPT_REQUESTED);
        int done = steps.done.get();
        steps.free.set(true);
        Run resumed = signals.resume(id, "alice");
        assertThat(resumed.state()).isEqualTo(RunState.SCHEDULED);
        host.awaitState(id, RunState.SUCCEEDED);
        assertThat(steps.done).as("no step is done twice").hasValue(3);
        assertThat(done).isLessThan(3);
        assertThat(host.reasons(id))
                .containsExactly(
                        "SCHEDULED lane",
                        "RUNNING started",
                        "PAUSED interrupt",
                        "SCHEDULED resumed",
                        "RUNNING continued");
    }

    @Test
    void forcesAStepThatDoesNotStopOfItsOwnAccord() {
        AtomicInteger interrupted = new AtomicInteger();
        host.with(session -> {
            session.record("tool.selected", Map.of("callId", "1.0"));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                session.checkActive();
            }
            return success("never");
        });
        String id = host.submit("goal").id();
        await().until(() -> host.stream(id).stream().anyMatch(e -> e.type().equals("tool.selected")));

        Run paused = signals.interrupt(id, "alice", null, Duration.ofMillis(50));

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(interrupted).hasValue(1);
    }

    @Test
    void takesAPendingRunOffTheQueue() {
        String id = host.submit("goal").id();

        assertThat(signals.interrupt(id, "alice", "not yet", GRACE).state()).isEqualTo(RunState.PAUSED);
        host.with(session -> success("done"));
        String other = host.submit("another goal").id();
        host.awaitState(other, RunState.SUCCEEDED);
        assertThat(host.find(id).state()).isEqualTo(RunState.PAUSED);

        signals.resume(id, "alice");
        host.awaitState(id, RunState.SUCCEEDED);
    }

    @Test
    void refusesWhatIsNotInOrder() {
        Steps steps = new Steps(2);
        host.with(steps);
        String id = host.submit("goal").id();
        await().until(() -> steps.done.get() >= 1);

        assertCode(RunError.RUN_TRANSITION_ILLEGAL, () -> signals.resume(id, "alice"));
        signals.interrupt(id, "alice", "stop", GRACE);
        assertCode(RunError.RUN_TRANSITION_ILLEGAL, () -> signals.interrupt(id, "alice", "again", GRACE));
        steps.free.set(true);
        signals.resume(id, "alice");
        host.awaitState(id, RunState.SUCCEEDED);
        assertCode(RunError.RUN_TRANSITION_ILLEGAL, () -> signals.interrupt(id, "alice", "late", GRACE));
        assertCode(RunError.RUN_TRANSITION_ILLEGAL, () -> signals.resume(id, "alice"));
        assertCode(RunError.RUN_UNKNOWN, () -> signals.interrupt("none", "alice", "x", GRACE));
        assertCode(RunError.RUN_UNKNOWN, () -> signals.resume("none", "alice"));
        assertCode(RunError.SIGNAL_INVALID, () -> signals.interrupt(id, "alice", "x", Duration.ofMinutes(2)));
        assertCode(RunError.SIGNAL_INVALID, () -> signals.interrupt(id, "alice", "x", Duration.ofMillis(-1)));
        assertCode(RunError.SIGNAL_INVALID, () -> signals.interrupt(id, "alice", "x", null));
    }

    @Test
    void staysPausedAcrossARestartAndGoesOnAfterwards() {
        Steps steps = new Steps(3);
        host.with(steps);
        String id = host.submit("goal").id();
        await().until(() -> steps.done.get() >= 1);
        signals.interrupt(id, "alice", "over night", GRACE);

        restart();
        steps.free.set(true);
        host.with(steps);
        String other = host.submit("another goal").id();
        host.awaitState(other, RunState.SUCCEEDED);
        assertThat(host.find(id).state()).isEqualTo(RunState.PAUSED);

        int before = steps.done.get();
        int left = 3 - steps.of(id);
        signals.resume(id, "alice");
        host.awaitState(id, RunState.SUCCEEDED);
        assertThat(steps.done.get() - before).isEqualTo(left);
    }

    @Test
    void pausesAfterARestartWhenTheHostDiedInTheMiddle() {
        Steps steps = new Steps(2);
        host.with(steps);
        String id = host.submit("goal").id();
        await().until(() -> steps.done.get() >= 1);
        host.journal.append(
                "run/" + id,
                EntryTypes.RUN_INTERRUPT_REQUESTED,
                Map.of("principal", "alice", "reason", "x", "grace", "PT1S"));

        restart();
        host.with(steps);

        host.awaitState(id, RunState.PAUSED);
        steps.free.set(true);
        signals.resume(id, "alice");
        host.awaitState(id, RunState.SUCCEEDED);
    }

    @Test
    void pausesARunThatWaitsForApprovalAndHoldsItAgainAfterwards() {
        AtomicBoolean approved = new AtomicBoolean();
        host.with(session -> {
            if (!approved.get()) {
                throw new RunHeldException("approval-1");
            }
            return success("done");
        });
        String id = host.submit("goal").id();
        host.awaitState(id, RunState.WAITING_APPROVAL);

        assertThat(signals.interrupt(id, "alice", "wait", GRACE).state()).isEqualTo(RunState.PAUSED);
        host.engine.wake(id);
        assertThat(host.find(id).state()).as("an approval does not end a pause").isEqualTo(RunState.PAUSED);
        signals.resume(id, "alice");
        host.awaitState(id, RunState.WAITING_APPROVAL);
        approved.set(true);
        host.engine.wake(id);
        host.awaitState(id, RunState.SUCCEEDED);
    }

    @Test
    void cancelsAPausedRun() {
        String id = host.submit("goal").id();
        signals.interrupt(id, "alice", "stop", GRACE);

        assertThat(host.engine.cancel(id, "alice", "for good").state()).isEqualTo(RunState.CANCELLED);
        assertCode(RunError.RUN_TRANSITION_ILLEGAL, () -> signals.resume(id, "alice"));
    }

    @Test
    void pausesOnceForOneRequestHoweverSoonTheRunIsResumed() {
        AtomicBoolean resumed = new AtomicBoolean();
        String id = host.submit("goal").id();
        host.store.beforeFound = run -> {
            if (run.state() == RunState.PAUSED && resumed.compareAndSet(false, true)) {
                signals.resume(id, "bob");
            }
        };

        assertThat(signals.interrupt(id, "alice", "for a moment", GRACE).state())
                .isEqualTo(RunState.SCHEDULED);
        assertThat(host.reasons(id)).containsExactly("PAUSED interrupt", "SCHEDULED resumed");
        host.with(session -> success("done"));
        host.awaitState(id, RunState.SUCCEEDED);
    }

    @Test
    void takesARunOffTheQueueBeforeSomebodyElseMayPutItIn() {
        String id = host.submit("goal").id();
        Claims claims = new Claims();
        AtomicBoolean free = new AtomicBoolean(true);
        WorkQueue queue = Mockito.mock(WorkQueue.class);
        Mockito.doAnswer(call -> {
                    free.set(claims.take(new Attempt(id, null)) == null);
                    return null;
                })
                .when(queue)
                .remove(RunLane.KIND, id);
        RunLane lane = new RunLane(queue, 10, Clock.systemUTC());

        new Interruptions(host.journal, host.reads, claims, lane, Clock.systemUTC())
                .interrupt(id, "alice", "stop", GRACE);

        assertThat(free).isFalse();
    }

    @Test
    void aCancelCountsMoreThanAnInterruptThatIsUnderWay() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch pausing = new CountDownLatch(1);
        host.with(session -> {
            atWork.countDown();
            while (true) {
                try {
                    session.checkActive();
                    Thread.onSpinWait();
                } catch (RunSuspendedException e) {
                    pausing.countDown();
                    return untilInterrupted();
                }
            }
        });
        String id = host.submit("goal").id();
        atWork.await();
        ExecutorService people = Executors.newFixedThreadPool(2);
        Future<Run> interrupted = people.submit(() -> signals.interrupt(id, "alice", "stop", GRACE));
        pausing.await();
        Future<Run> cancelled = people.submit(() -> host.engine.cancel(id, "bob", "for good"));

        assertThat(cancelled.get().state()).isEqualTo(RunState.CANCELLED);
        assertThat(interrupted.get().state()).isEqualTo(RunState.CANCELLED);
        assertThat(host.reasons(id)).containsExactly("SCHEDULED lane", "RUNNING started");
        people.shutdown();
    }

    private static RunEnding untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RunSuspendedException();
    }

    @Test
    void letsAGoalThatIsReachedInTheMeantimeBeReached() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        host.with(session -> {
            atWork.countDown();
            while (true) {
                try {
                    session.checkActive();
                    Thread.onSpinWait();
                } catch (RunSuspendedException e) {
                    return success("just made it");
                }
            }
        });
        String id = host.submit("goal").id();
        atWork.await();

        assertThat(signals.interrupt(id, "alice", "stop", GRACE).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @RepeatedTest(20)
    void neitherLosesNorDoublesARunThatManyPeopleStopAndResume() throws Exception {
        Steps steps = new Steps(4);
        steps.free.set(true);
        host.with(steps);
        String id = host.submit("goal").id();
        ExecutorService people = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> tried = java.util.stream.IntStream.range(0, 12)
                .mapToObj(i -> people.submit(
                        i % 2 == 0
                                ? legal(() -> signals.interrupt(id, "p" + i, "stop", Duration.ofMillis(200)))
                                : legal(() -> signals.resume(id, "p" + i))))
                .toList();
        for (Future<Boolean> each : tried) {
            each.get();
        }
        people.shutdown();
        if (host.find(id).state() == RunState.PAUSED) {
            signals.resume(id, "alice");
        }

        await().until(() -> host.find(id).state().isTerminal() || host.find(id).state() == RunState.PAUSED);
        if (host.find(id).state() == RunState.PAUSED) {
            signals.resume(id, "alice");
        }
        host.awaitState(id, RunState.SUCCEEDED);
        assertThat(steps.done).hasValue(4);
        assertThat(host.journal.verify("run/" + id).intact()).isTrue();
    }

    /** Whether it was legal at that moment. Everything else that goes wrong is a fault. */
    private static Callable<Boolean> legal(Callable<Run> signal) {
        return () -> {
            try {
                signal.call();
                return true;
            } catch (HostException e) {
                ErrorCode code = e.code();
                assertThat(code).isEqualTo(RunError.RUN_TRANSITION_ILLEGAL);
                return false;
            } catch (Exception e) {
                throw new ExecutionException(e);
            }
        };
    }

    private void restart() {
        HookedStore store = host.store;
        host.close();
        host = new Host(store, Settings.engine(2, 100, "PT1M", "PT0.4S"));
        signals = signals(host);
    }

    private static RunSignals signals(Host host) {
        return new RunSignals(host.journal, host.reads, host.engine);
    }

    /** Does a number of steps, each journaled, and looks whether it may go on before each. */
    private static final class Steps implements RunExecutor {

        private final int count;
        private final AtomicInteger done = new AtomicInteger();
        private final Map<String, Integer> byRun = new java.util.concurrent.ConcurrentHashMap<>();
        private final AtomicBoolean free = new AtomicBoolean();

        Steps(int count) {
            this.count = count;
        }

        int of(String runId) {
            return byRun.getOrDefault(runId, 0);
        }

        @Override
        public RunEnding execute(RunSession session) {
            long before = session.history().stream()
                    .filter(entry -> entry.type().equals("tool.returned"))
                    .count();
            for (long step = before; step < count; step++) {
                while (step > 0 && !free.get()) {
                    session.checkActive();
                    Thread.onSpinWait();
                }
                session.checkActive();
                session.record("tool.returned", Map.of("callId", step + ".0"));
                byRun.merge(session.run().id(), 1, Integer::sum);
                done.incrementAndGet();
            }
            return success("done");
        }
    }
}
