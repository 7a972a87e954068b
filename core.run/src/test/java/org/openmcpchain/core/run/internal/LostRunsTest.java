/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Codes.assertCode;
import static org.openmcpchain.core.run.internal.Host.request;
import static org.openmcpchain.core.run.internal.Host.success;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.RunHeldException;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.contract.Rows;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** Runs whose write was done but not acknowledged in time, so that nobody put them into the queue. */
@Timeout(60)
final class LostRunsTest {

    private static final JournalSettings IMPATIENT = Settings.journal("PT0.3S", 16, 256);

    private final HookedStore store = new HookedStore();

    private Host host(EngineSettings settings) {
        return new Host(store, settings, IMPATIENT, Clock.systemUTC());
    }

    /** Commits a matching write and then keeps its acknowledgement back until its sender has lost patience. */
    private void withoutAcknowledgement(Predicate<StoreChange> which, Runnable action) {
        CountDownLatch sent = new CountDownLatch(1);
        store.after = changes -> {
            if (changes.stream().anyMatch(which)) {
                awaitUninterruptibly(sent);
            }
        };
        try {
            assertCode(JournalError.JOURNAL_UNAVAILABLE, action::run);
        } finally {
            store.after = changes -> {};
            sent.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Predicate<StoreChange> entry(String type, String words) {
        return change -> change instanceof EntryAppended appended
                && appended.entry().type().equals(type)
                && appended.entry().body().contains(words);
    }

    private Run only() {
        return store.unfinishedRuns().get(0);
    }

    @Test
    void aGoalThatWasWrittenButNotAcknowledgedIsWorkedOn() {
        try (Host host = host(Settings.sweeping(100, "PT1M")).with(session -> success("done"))) {
            withoutAcknowledgement(entry(EntryTypes.RUN_SUBMITTED, "goal"), () -> host.submit("goal"));

            await().until(() -> host.engine.stats().byState().equals(Map.of(RunState.SUCCEEDED, 1L)));
        }
    }

    @Test
    void whoRepeatsAGoalThatWasNotAcknowledgedGetsItWorkedOn() {
        try (Host host = host(Settings.engine(2, 100, "PT1M", "PT0.4S")).with(session -> success("done"))) {
            withoutAcknowledgement(
                    entry(EntryTypes.RUN_SUBMITTED, "goal"), () -> host.engine.submit(request("goal", "c1")));
            assertThat(only().state()).isEqualTo(RunState.PENDING);

            Run again = host.engine.submit(request("goal", "c1")).run();

            host.awaitState(again.id(), RunState.SUCCEEDED);
        }
    }

    @Test
    void aRunThatWasResumedOrWokenWithoutAcknowledgementGoesOn() {
        AtomicInteger calls = new AtomicInteger();
        try (Host host = host(Settings.sweeping(100, "PT1M")).with(session -> {
            if (calls.incrementAndGet() == 1) {
                throw new RunHeldException("approval-1");
            }
            return success("done");
        })) {
            String held = host.submit("goal").id();
            host.awaitState(held, RunState.WAITING_APPROVAL);
            withoutAcknowledgement(entry(EntryTypes.RUN_STATE, "woken"), () -> host.engine.wake(held));
            host.awaitState(held, RunState.SUCCEEDED);

            host.withoutExecutor();
            String paused = host.submit("another").id();
            host.engine.interrupt(paused, "alice", "stop", Duration.ofSeconds(1));
            withoutAcknowledgement(entry(EntryTypes.RUN_STATE, "resumed"), () -> host.engine.resume(paused, "alice"));
            host.with(session -> success("done"));
            host.awaitState(paused, RunState.SUCCEEDED);
        }
    }

    @Test
    void findsTheLostAmongManyThatAreWhereTheyBelong() {
        try (Host host = host(Settings.sweeping(5000, "PT1M"))) {
            for (int i = 0; i < 20; i++) {
                host.submit("goal " + i);
            }
            List<StoreChange> lost = new ArrayList<>();
            for (int i = 0; i < 450; i++) { // three pages, and one time for more than a page
                lost.add(new RunSaved(Rows.run("lost-" + i, i < 220 ? 1 : i, RunState.SCHEDULED)));
            }
            store.commit(lost);

            await().until(() -> host.queue.size(RunLane.KIND) == 470);
        }
    }

    @Test
    void takesNoPlaceForARunThatHasOne() {
        try (Host host = host(Settings.sweeping(2, "PT1M"))) {
            host.submit("one");
            String second = host.submit("two").id();
            host.engine.interrupt(second, "alice", "not now", Duration.ofSeconds(1));
            String third = host.submit("three").id();
            assertCode(RunError.RUN_QUEUE_FULL, () -> host.submit("four"));

            host.with(session -> success("done"));
            host.awaitState(third, RunState.SUCCEEDED);
            host.engine.resume(second, "alice");
            host.awaitState(second, RunState.SUCCEEDED);
            await().until(() -> host.queue.size(RunLane.KIND) == 0);
            host.withoutExecutor();
            host.submit("five");
            host.submit("six");
            assertCode(RunError.RUN_QUEUE_FULL, () -> host.submit("seven"));
        }
    }

    @Test
    void aRetryThatIsPlannedIsNotHurried() {
        FakeClock clock = new FakeClock();
        AtomicInteger calls = new AtomicInteger();
        EngineSettings settings = Settings.sweeping(100, "PT1M");
        try (Host host = new Host(store, settings, clock).with(session -> {
            calls.incrementAndGet();
            throw HostException.of(RunError.RUN_NO_TOOL);
        })) {
            Instant due = clock.instant().plusSeconds(60);
            host.journal.write(
                    List.of(new EntryDraft(
                            "run/r1", EntryTypes.RUN_STATE, Map.of("reason", "retry", "due", due.toString()))),
                    List.of(new RunSaved(Rows.run("r1", 1, RunState.RETRYING))));
            await().until(() -> host.queue.size(RunLane.KIND) == 1);
            assertThat(calls).hasValue(0);

            clock.advance(Duration.ofSeconds(61));
            await().until(() -> calls.get() > 0);
        }
    }
}
