/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.run.internal.Codes.assertCode;
import static org.openmcpchain.core.run.internal.Host.success;
import static org.openmcpchain.core.run.internal.SlowExecutors.awaitStubbornly;
import static org.openmcpchain.core.run.internal.SlowExecutors.untilHalted;
import static org.openmcpchain.core.run.internal.SlowExecutors.untilInterrupted;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** A cancel ends a run wherever it stands, and never undoes what was reached. */
@Timeout(60)
final class CancelledRunsTest {

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
        host.awaitEntry(id, "step.done");

        assertThat(host.engine.cancel(id, "alice", null).state()).isEqualTo(RunState.CANCELLED);
        assertThat(store.receipt(id)).isPresent();
    }

    @Test
    void cancelsARunWithinAStep() {
        host.with(untilInterrupted());
        String id = host.submit("goal").id();
        host.awaitEntry(id, "step.done");

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
        host.awaitEntry(id, "step.done");
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
        host.awaitEntry(id, "step.done");
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
        host.awaitEntry(id, "step.done");
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
}
