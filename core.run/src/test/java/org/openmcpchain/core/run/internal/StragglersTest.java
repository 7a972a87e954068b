/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Host.success;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.core.run.StoreChange.TransactionSaved;
import org.openmcpchain.core.run.contract.Rows;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** Attempts that do not react to an interrupt. */
@Timeout(60)
final class StragglersTest {

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private Host host;

    private void open(String deadline) {
        host = new Host(new HookedStore(), Settings.sweeping(100, deadline)).with(stubborn());
    }

    @AfterEach
    void close() {
        goOn.countDown();
        host.close();
    }

    /** Hears nothing until it is let go; then it tries to write and to succeed. */
    private RunExecutor stubborn() {
        return session -> {
            if (session.run().goal().equals("easy")) {
                return success("done");
            }
            session.record("step.done", Map.of());
            while (goOn.getCount() > 0) {
                Thread.onSpinWait();
            }
            try {
                session.record("step.late", Map.of());
            } catch (RunSuspendedException e) {
                refused.add("step.late");
            }
            return success("too late");
        };
    }

    private String atWork() {
        String id = host.submit("hard").id();
        await().until(() ->
                host.stream(id).stream().anyMatch(entry -> entry.type().equals("step.done")));
        return id;
    }

    @Test
    void aRunWhoseAttemptDoesNotStopAtItsDeadlineEndsWithoutIt() {
        open("PT0.2S");
        String id = atWork();

        assertThat(host.awaitState(id, RunState.FAILED).errorCode()).contains("RUN_DEADLINE");
        host.awaitState(host.submit("easy").id(), RunState.SUCCEEDED);
        goOn.countDown();
        await().until(() -> refused.contains("step.late"));
        await().until(() -> host.queue.size(RunLane.KIND) == 0);
        assertThat(host.find(id).state()).isEqualTo(RunState.FAILED);
        assertThat(host.stream(id)).extracting(JournalEntry::type).endsWith("step.done", "run.ended");
        assertThat(host.journal.verify("run/" + id).intact()).isTrue();
    }

    @Test
    void aTransactionThatMayStillBeMinedIsNotHiddenByTheDeadline() {
        open("PT0.2S");
        host.store.beforeFound = run -> {
            synchronized (refused) { // whoever looks at the run finds its transaction, too
                if (run.state() == RunState.RUNNING
                        && host.store.transactionsOfRun(run.id()).isEmpty()) {
                    host.store.commit(List.of(new TransactionSaved(sentBy(run.id()))));
                }
            }
        };
        String id = atWork();

        assertThat(host.awaitState(id, RunState.FAILED).errorCode()).contains("CHAIN_OUTCOME_UNKNOWN");
    }

    private static TransactionRecord sentBy(String run) {
        TransactionRecord sent = Rows.transaction("k1", "0x01", 1, TransactionState.SUBMITTED);
        return new TransactionRecord(
                sent.idempotencyKey(),
                sent.hash(),
                run,
                sent.callId(),
                sent.label(),
                sent.description(),
                sent.chain(),
                sent.from(),
                sent.to(),
                sent.nonce(),
                sent.value(),
                sent.rawTransaction(),
                sent.state(),
                null,
                null,
                null,
                null,
                null,
                sent.createdAt(),
                sent.updatedAt());
    }

    @Test
    void aRunWhoseAttemptDoesNotStopWhenItIsCancelledEndsWithoutIt() {
        open("PT1M");
        String id = atWork();

        Run cancelled = host.engine.cancel(id, "alice", "enough");

        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
        assertThat(host.store.receipt(id)).isPresent();
    }

    @Test
    void anEndThatCannotBeWrittenAtOnceIsWrittenLater() {
        open("PT0.2S");
        host.issuer.onIssue = () -> {
            if (host.issuer.issued.size() < 3) {
                throw new IllegalStateException("no key");
            }
        };
        String id = atWork();

        assertThat(host.awaitState(id, RunState.FAILED).errorCode()).contains("RUN_DEADLINE");
        assertThat(host.issuer.issued).hasSize(3);
    }

    @Test
    void whatIsNotOverdueIsLeftAlone() {
        open("PT1M");
        String id = atWork();
        host.awaitState(host.submit("easy").id(), RunState.SUCCEEDED);

        goOn.countDown();
        assertThat(host.awaitState(id, RunState.SUCCEEDED).reply()).contains("too late");
    }
}
