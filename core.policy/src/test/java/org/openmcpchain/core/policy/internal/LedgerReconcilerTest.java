/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.policy.internal.LedgerWorld.allowing;
import static org.openmcpchain.core.policy.internal.LedgerWorld.ask;
import static org.openmcpchain.core.policy.internal.LedgerWorld.send;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.policy.internal.FakeJournaledStore.Fate;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.run.RunState;

class LedgerReconcilerTest {

    private final LedgerWorld world = new LedgerWorld(
            allowing(
                    """
            - {id: coins, unit: 'eip155:31337/slip44:60', limit: 100, window: PT24H}
            - {id: fees, unit: wei-fee, limit: 1000}
            - {id: tokens, unit: tokens, limit: 1000}
            """));

    private void end(String run) {
        world.runs.put(run, RunState.FAILED, world.clock.instant());
    }

    @ParameterizedTest
    @EnumSource(TransactionState.class)
    void theLogDecidesAndNotTheRun(TransactionState state) {
        world.decide(send("a", 60));
        world.log.put("a", state, 7L, 2L);
        end("run-a");
        world.clock.go(Duration.ofDays(2));

        world.reconciler.run();

        boolean mined = state == TransactionState.MINED;
        assertThat(world.usage("coins").reserved()).isEqualTo(state.isFinal() ? "0" : "60");
        assertThat(world.usage("coins").settled()).isEqualTo(mined ? "60" : "0");
        assertThat(world.usage("fees").settled()).isEqualTo(mined || state == TransactionState.REVERTED ? "14" : "0");
    }

    @Test
    void aMinedTransactionWithoutItsPriceCostsWhatWasReserved() {
        world.decide(send("a", 60));
        world.log.put("a", TransactionState.MINED, null, null);

        world.reconciler.run();

        assertThat(world.usage("fees").settled()).isEqualTo("200");
    }

    @Test
    void whatWasNeverSignedComesBackAWhileAfterTheRunsEnd() {
        world.decide(send("a", 60));
        world.clock.go(Duration.ofHours(1));
        world.reconciler.run();
        assertThat(world.usage("coins").reserved()).as("the run is not known").isEqualTo("60");
        end("run-a");
        world.clock.go(Duration.ofMinutes(5));
        world.reconciler.run();
        assertThat(world.usage("coins").reserved()).as("a signer may be slow").isEqualTo("60");

        world.clock.go(Duration.ofMillis(1));
        world.reconciler.run();

        assertThat(world.usage("coins").reserved()).isEqualTo("0");
    }

    @Test
    void aModelsAnswerThatWasLostCountsAsReserved() {
        world.decide(ask("q", 30, 20));
        end("run-q");
        world.clock.go(Duration.ofMinutes(6));

        world.reconciler.run();

        assertThat(world.usage("tokens").settled()).isEqualTo("50");
        assertThat(world.usage("tokens").reserved()).isEqualTo("0");
    }

    @Test
    void aReservationThatCannotBeWrittenDoesNotKeepTheOthersUp() {
        world.decide(send("a", 10));
        world.decide(send("b", 20));
        world.log.put("a", TransactionState.DROPPED, null, null);
        world.log.put("b", TransactionState.DROPPED, null, null);
        world.fakeStore().next(Fate.REFUSE);

        world.reconciler.run();
        assertThat(world.book.open()).hasSize(1);
        world.reconciler.run();

        assertThat(world.book.open()).isEmpty();
        assertThat(world.usage("coins").reserved()).isEqualTo("0");
    }

    @Test
    void aDocumentThatCannotBeReadKeepsTheGateShut() {
        world.decide(send("a", 10));
        world.fakeStore()
                .write(
                        java.util.List.of(new EntryDraft("host", "x", java.util.Map.of())),
                        java.util.List.of(new StoreChange.DocumentSaved(new StoredDocument(
                                LedgerText.RECORDS, "a", "{\"nature\":\"x\"}", world.clock.instant()))));

        assertThatThrownBy(world::restart).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(JournalError.JOURNAL_BROKEN));
    }
}
