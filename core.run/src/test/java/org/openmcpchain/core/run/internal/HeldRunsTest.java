/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Host.success;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.RunHeldException;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.RunState;

/** Runs that wait for people, and runs that the queue delivers more than once. */
@Timeout(60)
final class HeldRunsTest {

    private static final EngineSettings SETTINGS = Settings.engine(2, 100, "PT1M", "PT0.4S");

    private final HookedStore store = new HookedStore();
    private final Set<String> approved = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private Host host = new Host(store, SETTINGS);

    @AfterEach
    void close() {
        host.close();
    }

    private void restart() {
        host.close();
        host = new Host(store, SETTINGS);
    }

    /** Goes on when the run was approved. */
    private RunExecutor withApproval() {
        return session -> {
            calls.incrementAndGet();
            if (!approved.contains(session.run().id())) {
                throw new RunHeldException("approval-1");
            }
            return success("approved");
        };
    }

    private void approve(String id) {
        approved.add(id);
        host.engine.wake(id);
    }

    private void awaitIdle() {
        await().until(() -> host.queue.size("run") == 0);
    }

    @Test
    void holdsNoThreadAndNoPlaceWhileItWaits() {
        host.with(withApproval());
        List<String> held = List.of(
                host.submit("one").id(),
                host.submit("two").id(),
                host.submit("three").id());
        held.forEach(id -> host.awaitState(id, RunState.WAITING_APPROVAL));
        awaitIdle();
        assertThat(host.stream(held.get(0)))
                .extracting(JournalEntry::type)
                .endsWith(EntryTypes.RUN_HELD, EntryTypes.RUN_STATE);
        assertThat(host.stream(held.get(0)).get(3).body()).isEqualTo("{\"approval\":\"approval-1\"}");

        approve(held.get(1));
        host.awaitState(held.get(1), RunState.SUCCEEDED);
        assertThat(host.find(held.get(0)).state()).isEqualTo(RunState.WAITING_APPROVAL);
        assertThat(host.reasons(held.get(1)))
                .containsExactly(
                        "SCHEDULED lane",
                        "RUNNING started",
                        "WAITING_APPROVAL approval",
                        "SCHEDULED woken",
                        "RUNNING continued");
        assertThat(host.journal.verify("run/" + held.get(1)).intact()).isTrue();
    }

    @Test
    void staysHeldThroughRestartsAndGoesOnOnce() {
        host.with(withApproval());
        String id = host.submit("goal").id();
        host.awaitState(id, RunState.WAITING_APPROVAL);
        for (int i = 0; i < 2; i++) {
            restart();
            host.with(withApproval());
            awaitIdle();
            assertThat(host.find(id).state()).isEqualTo(RunState.WAITING_APPROVAL);
        }
        assertThat(calls).hasValue(1);
        approve(id);
        assertThat(host.awaitState(id, RunState.SUCCEEDED).attempts()).isEqualTo(2);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aCancelThatComesWhileTheHoldIsWrittenEndsTheRun() {
        store.before = changes -> {
            boolean holds = changes.stream()
                    .anyMatch(change ->
                            change instanceof RunSaved saved && saved.run().state() == RunState.WAITING_APPROVAL);
            if (holds) { // the worker has looked for wishes by now
                host.engine.claims.halt(attempt -> true, Attempt.Halt.CANCEL, Duration.ofMillis(1));
            }
        };
        host.with(session -> {
            session.record(EntryTypes.RUN_CANCEL_REQUESTED, Map.of("principal", "alice"));
            throw new RunHeldException("approval-1");
        });
        String id = host.submit("goal").id();

        host.awaitState(id, RunState.CANCELLED);
        assertThat(host.reasons(id)).contains("WAITING_APPROVAL approval");
    }

    @Test
    void wakingTwiceAndWakingOthersChangesNothing() {
        host.with(withApproval());
        String id = host.submit("goal").id();
        host.awaitState(id, RunState.WAITING_APPROVAL);
        host.engine.wake("nobody");
        approve(id);
        host.engine.wake(id);
        host.awaitState(id, RunState.SUCCEEDED);
        int entries = host.stream(id).size();
        host.engine.wake(id);
        awaitIdle();
        assertThat(host.stream(id)).hasSize(entries);
    }

    @Test
    void aRunThatIsWokenTooEarlyWaitsAgain() {
        host.with(withApproval());
        String id = host.submit("goal").id();
        host.awaitState(id, RunState.WAITING_APPROVAL);
        host.engine.wake(id);
        await().until(() -> calls.get() == 2 && host.find(id).state() == RunState.WAITING_APPROVAL);
        approve(id);
        host.awaitState(id, RunState.SUCCEEDED);
    }

    @Test
    void aWakeThatComesBeforeTheHoldIsOnDiskIsNotLost() {
        host.with(withApproval());
        store.before = changes -> {
            boolean hold = changes.stream()
                    .anyMatch(change ->
                            change instanceof RunSaved saved && saved.run().state() == RunState.WAITING_APPROVAL);
            if (hold) {
                changes.stream()
                        .filter(RunSaved.class::isInstance)
                        .map(change -> ((RunSaved) change).run().id())
                        .forEach(this::approve);
            }
        };
        String id = host.submit("goal").id();
        host.awaitState(id, RunState.SUCCEEDED);
        assertThat(host.reasons(id)).contains("WAITING_APPROVAL approval", "SCHEDULED woken");
    }

    /** Whenever the approval comes, before, during or after the hold, the run goes on. */
    @RepeatedTest(100)
    void anApprovalAtAnyMomentLetsTheRunGoOn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        host.with(session -> {
            boolean isApproved = approved.contains(session.run().id());
            asked.countDown();
            if (!isApproved) {
                throw new RunHeldException("approval-1");
            }
            return success("approved");
        });
        String id = host.submit("goal").id();
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        spin(ThreadLocalRandom.current().nextInt(200_000));
        Thread twice = new Thread(() -> host.engine.wake(id));
        approved.add(id);
        twice.start();
        host.engine.wake(id);
        twice.join();
        host.awaitState(id, RunState.SUCCEEDED);
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aHeldRunCanBeCancelled() {
        host.with(withApproval());
        String id = host.submit("goal").id();
        host.awaitState(id, RunState.WAITING_APPROVAL);
        assertThat(host.engine.cancel(id, "alice", "no").state()).isEqualTo(RunState.CANCELLED);
        approve(id);
        awaitIdle();
        assertThat(calls).hasValue(1);
        assertThat(host.find(id).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aCancelOfAHeldRunSurvivesTheDeathOfTheHost() {
        host.with(withApproval());
        String id = host.submit("goal").id();
        host.awaitState(id, RunState.WAITING_APPROVAL);
        host.journal.append("run/" + id, EntryTypes.RUN_CANCEL_REQUESTED, Map.of("principal", "alice"));
        restart();
        host.with(withApproval());
        host.awaitState(id, RunState.CANCELLED);
        assertThat(calls).hasValue(1);
    }

    @Test
    void theTimeThatPeopleTakeIsNotTheAttempts() {
        try (Host impatient = new Host(new HookedStore(), Settings.engine(2, 10, "PT0.3S", "PT0.4S"))) {
            Host before = host;
            host = impatient;
            impatient.with(withApproval());
            String id = impatient.submit("goal").id();
            impatient.awaitState(id, RunState.WAITING_APPROVAL);
            await().pollDelay(Duration.ofMillis(400)).until(() -> true);
            approve(id);
            impatient.awaitState(id, RunState.SUCCEEDED);
            host = before;
        }
    }

    @Test
    void aRunThatIsDeliveredWhileItIsWorkedOnIsWorkedOnOnce() {
        CountDownLatch goOn = new CountDownLatch(1);
        host.with(session -> {
            calls.incrementAndGet();
            awaitOpen(goOn);
            return success("once");
        });
        String id = host.submit("goal").id();
        await().until(() -> calls.get() == 1);
        // What another host does that believes this one to be dead.
        host.queue.put("other", id, Instant.now());
        AtomicInteger deliveries = new AtomicInteger();
        host.queue.serve("other", 1, run -> {
            deliveries.incrementAndGet();
            return host.engine.deliver(run);
        });
        await().until(() -> deliveries.get() >= 3);
        assertThat(calls).hasValue(1);
        goOn.countDown();
        host.awaitState(id, RunState.SUCCEEDED);
        await().until(() -> host.queue.size("other") == 0);
        assertThat(calls).hasValue(1);
        assertThat(host.find(id).attempts()).isEqualTo(1);
    }

    @Test
    void aRunThatHasEndedIsNotTouchedByALateDelivery() {
        host.with(withApproval());
        String id = host.submit("goal").id();
        host.awaitState(id, RunState.WAITING_APPROVAL);
        approve(id);
        host.awaitState(id, RunState.SUCCEEDED);
        int entries = host.stream(id).size();
        for (int i = 0; i < 20; i++) {
            assertThat(host.engine.deliver(id)).isEmpty();
        }
        assertThat(host.engine.deliver("unheard of")).isEmpty();
        assertThat(host.stream(id)).hasSize(entries);
        assertThat(calls).hasValue(2);
    }

    @Test
    void whatTheQueueLostIsPutBackAtTheNextStart() {
        List<String> ids = List.of(host.submit("one").id(), host.submit("two").id());
        ids.forEach(id -> host.queue.remove("run", id));
        restart();
        host.with(session -> success("done"));
        ids.forEach(id -> host.awaitState(id, RunState.SUCCEEDED));
    }

    /** Cancels, wakes and new deliveries at once: each run ends once, and no step is done by two at a time. */
    @RepeatedTest(20)
    void everythingAtOnceEndsEachRunOnce() throws Exception {
        Set<String> inWork = ConcurrentHashMap.newKeySet();
        AtomicInteger clashes = new AtomicInteger();
        host.with(session -> {
            String id = session.run().id();
            if (!inWork.add(id)) {
                clashes.incrementAndGet();
            }
            try {
                return step(session);
            } finally {
                inWork.remove(id);
            }
        });
        List<String> ids = List.of(
                host.submit("a").id(), host.submit("b").id(), host.submit("c").id());
        Thread waker = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                String id = ids.get(i % ids.size());
                host.engine.wake(id);
                host.queue.put("run", id, Instant.now());
            }
            approved.addAll(ids);
            ids.forEach(host.engine::wake);
        });
        waker.start();
        try {
            host.engine.cancel(ids.get(0), "alice", "");
        } catch (HostException late) {
            assertThat(late.code()).isEqualTo(RunError.RUN_TRANSITION_ILLEGAL);
        }
        waker.join();
        ids.forEach(id -> await().until(() -> host.find(id).state().isTerminal()));
        awaitIdle();
        assertThat(clashes).hasValue(0);
        for (String id : ids) {
            assertThat(host.stream(id).stream().filter(entry -> entry.type().equals(EntryTypes.RUN_ENDED)))
                    .hasSize(1);
            assertThat(host.journal.verify("run/" + id).intact()).isTrue();
        }
    }

    private RunEnding step(RunSession session) {
        session.checkActive();
        if (!approved.contains(session.run().id())) {
            throw new RunHeldException("approval-1");
        }
        return success("done");
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            if (!latch.await(40, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
