/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.run.contract.Rows.CHAIN;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.contract.Rows;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.RunState;

final class StoredTransactionLogTest {

    private static final String SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    private final HookedStore store = new HookedStore();
    private final ShieldedReads reads = ShieldedReads.of(store);
    private final HostJournal journal = new HostJournal(Settings.journal(), reads, Clock.systemUTC());
    private final StoredTransactionLog log = new StoredTransactionLog(journal, reads);
    private final TransactionRecord signed = Rows.transaction("k1", SENDER, 7, TransactionState.SIGNED);

    @AfterEach
    void close() {
        journal.close();
        reads.close();
    }

    @Test
    void theSignedBytesAreInTheRowAndInTheJournalInOneWrite() {
        log.signed(signed);

        assertThat(store.commits).hasValue(1);
        assertThat(log.find("k1")).contains(signed);
        JournalEntry entry = journal.head("run/r1").orElseThrow();
        assertThat(entry.type()).isEqualTo("tx.signed");
        assertThat(entry.body())
                .contains("\"rawTransaction\":\"0x02f8b1\"", "\"nonce\":\"7\"", "\"chain\":\"eip155:31337\"", SENDER)
                .contains("\"value\":\"" + signed.value() + "\"");
    }

    @Test
    void signingTheSameBytesAgainChangesNothing() {
        log.signed(signed);
        log.advanced(signed.to(TransactionState.SUBMITTED, null, Instant.EPOCH));
        log.signed(signed);

        assertThat(log.find("k1").orElseThrow().state()).isEqualTo(TransactionState.SUBMITTED);
        assertThat(journal.read("run/r1", 0, 10)).hasSize(2);
    }

    @Test
    void otherBytesUnderTheSameKeyAreRefused() {
        log.signed(signed);
        TransactionRecord other = withBytes("0xdead");

        assertThatThrownBy(() -> log.signed(other)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> log.advanced(other)).isInstanceOf(IllegalStateException.class);
        assertThat(log.find("k1")).contains(signed);
    }

    @Test
    void aTransactionThatWasNotSignedHereCannotAdvance() {
        assertThatThrownBy(() -> log.advanced(signed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMinedTransactionStaysMined() {
        log.signed(signed);
        TransactionRecord mined = signed.to(
                TransactionState.MINED,
                new TransactionReceipt(
                        signed.hash(),
                        12,
                        "0xbb",
                        BigInteger.valueOf(21_000),
                        BigInteger.ONE,
                        SENDER,
                        signed.to(),
                        List.of()),
                null,
                Rows.START);
        log.advanced(mined);
        log.advanced(mined);

        assertThat(journal.read("run/r1", 0, 10)).hasSize(2);
        assertThat(journal.head("run/r1").orElseThrow().body())
                .contains("\"blockNumber\":\"12\"", "\"gasUsed\":\"21000\"", "\"state\":\"MINED\"");
        assertThatThrownBy(() -> log.advanced(signed.to(TransactionState.UNKNOWN, null, Rows.START)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(log.open(CHAIN)).isEmpty();
    }

    @Test
    void whatAChainSaysAfterTheEndOfTheRunGoesToTheHostsStream() {
        log.signed(signed);
        journal.append("run/r1", EntryTypes.RUN_ENDED, Map.of());
        log.advanced(signed.to(TransactionState.UNKNOWN, "no receipt\u0000" + "x".repeat(5000), Rows.START));

        JournalEntry entry = journal.head(JournalEntry.HOST_STREAM).orElseThrow();
        assertThat(entry.type()).isEqualTo("tx.state");
        assertThat(entry.body()).contains("\"runId\":\"r1\"");
        assertThat(log.find("k1").orElseThrow().detail()).hasSize(4000).startsWith("no receipt\ufffdx");
    }

    @Test
    void anotherErrorOfTheJournalIsNotHidden() {
        store.before = changes -> {
            throw new IllegalStateException("disk full");
        };
        assertThatThrownBy(() -> log.signed(signed)).isInstanceOf(HostException.class);
    }

    @Test
    void findsTransactionsInEveryWayThatChainsNeed() {
        log.signed(signed);

        assertThat(log.byHash(signed.hash())).contains(signed);
        assertThat(log.ofRun("r1")).containsExactly(signed);
        assertThat(log.open(CHAIN)).containsExactly(signed);
        assertThat(log.highestNonce(CHAIN, SENDER)).hasValue(7);
    }

    @Test
    void aReceiptBelongsToAnEndedRun() {
        StoredReceipts receipts = new StoredReceipts(reads);
        Codes.assertCode(RunError.RUN_UNKNOWN, () -> receipts.ofRun("r1"));
        store.commit(List.of(new StoreChange.RunSaved(Rows.run("r1", 1, RunState.RUNNING))));
        assertThat(receipts.ofRun("r1")).isEmpty();
        Receipt receipt = new Receipt("r1", "ab".repeat(32), "cd".repeat(32), "{}");
        store.commit(List.of(new StoreChange.ReceiptSaved(receipt)));
        assertThat(receipts.ofRun("r1")).contains(receipt);
    }

    private TransactionRecord withBytes(String raw) {
        return new TransactionRecord(
                signed.idempotencyKey(),
                "0xother",
                signed.runId(),
                signed.callId(),
                signed.label(),
                signed.description(),
                signed.chain(),
                signed.from(),
                signed.to(),
                signed.nonce(),
                signed.value(),
                raw,
                signed.state(),
                null,
                null,
                null,
                null,
                null,
                signed.createdAt(),
                signed.updatedAt());
    }
}
