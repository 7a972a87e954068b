/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.run.contract.Rows.CHAIN;
import static org.openmcpchain.core.run.contract.Rows.START;
import static org.openmcpchain.core.run.contract.Rows.entry;
import static org.openmcpchain.core.run.contract.Rows.run;
import static org.openmcpchain.core.run.contract.Rows.transaction;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.StoreChange.TransactionSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.RunState;

/** What every store must do with entries, receipts, transactions and documents. */
public abstract class JournalRowsContract extends StreamHeadsContract {

    private static final String SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private static final String OTHER_SENDER = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";

    @Test
    public void keepsEntriesInOrder() {
        List<StoreChange> changes = new ArrayList<>();
        for (long seq = 1; seq <= 12; seq++) {
            changes.add(new EntryAppended(entry("run/r1", seq, "{\"n\":\"" + seq + "\",\"t\":\"🦊\\u0000\"}")));
        }
        changes.add(new EntryAppended(entry("run/r2", 1, "{}")));
        store().commit(changes);

        assertThat(store().entries("run/r1", 0, 100))
                .containsExactlyElementsOf(changes.subList(0, 12).stream()
                        .map(change -> ((EntryAppended) change).entry())
                        .toList());
        assertThat(store().entries("run/r1", 3, 2))
                .extracting(JournalEntry::seq)
                .containsExactly(4L, 5L);
        assertThat(store().entries("run/r1", 12, 5)).isEmpty();
        assertThat(store().head("run/r1").orElseThrow().seq()).isEqualTo(12);
        assertThat(store().head("run/r")).isEmpty();
    }

    @Test
    public void aDuplicateEntryFailsTheWholeCommit() {
        commit(new EntryAppended(entry("run/r1", 1, "{}")));

        assertUnavailable(() -> commit(
                new RunSaved(run("r1", 1, RunState.PENDING)),
                new EntryAppended(entry("run/r1", 2, "{}")),
                new EntryAppended(entry("run/r1", 1, "{\"other\":\"1\"}"))));

        assertThat(store().run("r1")).isEmpty();
        assertThat(store().entries("run/r1", 0, 10)).containsExactly(entry("run/r1", 1, "{}"));
        commit(new EntryAppended(entry("run/r1", 2, "{}")));
        assertThat(store().head("run/r1").orElseThrow().seq()).isEqualTo(2);
    }

    @Test
    public void aSecondReceiptFailsTheWholeCommit() {
        Receipt receipt = new Receipt("r1", "ab".repeat(32), "cd".repeat(32), "{\"payload\":\"\"}");
        commit(new ReceiptSaved(receipt));

        assertUnavailable(() -> commit(
                new EntryAppended(entry("run/r1", 1, "{}")),
                new ReceiptSaved(new Receipt("r1", "00".repeat(32), "cd".repeat(32), "{}"))));

        assertThat(store().receipt("r1")).contains(receipt);
        assertThat(store().head("run/r1")).isEmpty();
    }

    @Test
    public void listsStreamsInTheOrderOfTheirCodeUnits() {
        commit(
                new EntryAppended(entry("run/b", 1, "{}")),
                new EntryAppended(entry("host", 1, "{}")),
                new EntryAppended(entry("run/B", 1, "{}")),
                new EntryAppended(entry("run/a", 1, "{}")),
                new EntryAppended(entry("run/a", 2, "{}")),
                new EntryAppended(entry("run/0", 1, "{}")),
                new EntryAppended(entry("run-1", 1, "{}")));

        assertThat(store().streams("", 10)).containsExactly("host", "run-1", "run/0", "run/B", "run/a", "run/b");
        assertThat(store().streams("run/0", 2)).containsExactly("run/B", "run/a");
        assertThat(store().streams("run/b", 2)).isEmpty();
    }

    @Test
    public void keepsEveryFieldOfATransaction() {
        TransactionRecord signed = transaction("k1", SENDER, 7, TransactionState.SIGNED);
        commit(new TransactionSaved(signed));
        assertThat(store().transaction("k1")).contains(signed);
        assertThat(store().transactionByHash(signed.hash())).contains(signed);

        TransactionRecord mined = signed.to(
                TransactionState.MINED,
                new TransactionReceipt(
                        signed.hash(),
                        Long.MAX_VALUE,
                        "0x" + "ab".repeat(32),
                        BigInteger.valueOf(21_000),
                        BigInteger.TEN.pow(77),
                        SENDER,
                        signed.to(),
                        List.of()),
                "deep enough",
                START.plusSeconds(9));
        commit(new TransactionSaved(mined));
        assertThat(store().transaction("k1")).contains(mined);
        assertThat(store().transactionsOfRun("r1")).containsExactly(mined);
    }

    @Test
    public void listsTheTransactionsOfARunOldestFirst() {
        TransactionRecord first = transaction("k9", SENDER, 1, TransactionState.MINED);
        TransactionRecord second = transaction("k1", SENDER, 2, TransactionState.SIGNED);
        commit(new TransactionSaved(second), new TransactionSaved(first));

        assertThat(store().transactionsOfRun("r1")).containsExactly(first, second);
        assertThat(store().transactionsOfRun("r2")).isEmpty();
    }

    @Test
    public void listsOpenTransactionsBySenderAndNonce() {
        long nonce = 10;
        for (TransactionState state : TransactionState.values()) {
            commit(new TransactionSaved(transaction("k" + state, SENDER, nonce--, state)));
        }
        commit(new TransactionSaved(transaction("other", OTHER_SENDER, 99, TransactionState.UNKNOWN)));

        assertThat(store().openTransactions(CHAIN))
                .extracting(TransactionRecord::idempotencyKey)
                .containsExactly("other", "kUNKNOWN", "kSUBMITTED", "kSIGNED");
        assertThat(store().openTransactions(ChainId.eip155(1))).isEmpty();
    }

    @Test
    public void remembersTheHighestNonceAlsoOfFinalTransactions() {
        commit(
                new TransactionSaved(transaction("k1", SENDER, 3, TransactionState.DROPPED)),
                new TransactionSaved(transaction("k2", SENDER, 2, TransactionState.SIGNED)));

        assertThat(store().highestNonce(CHAIN, SENDER)).isEqualTo(OptionalLong.of(3));
        assertThat(store().highestNonce(CHAIN, OTHER_SENDER)).isEmpty();
        assertThat(store().highestNonce(ChainId.eip155(1), SENDER)).isEmpty();
    }

    @Test
    public void keepsAndReplacesDocuments() {
        StoredDocument second = new StoredDocument("api-key", "k2", "{\"name\":\"Zoë\"}", START);
        StoredDocument first = new StoredDocument("api-key", "k1", "{}", START);
        commit(
                new DocumentSaved(second),
                new DocumentSaved(first),
                new DocumentSaved(new StoredDocument("grant", "k1", "{}", START)));
        assertThat(store().documents("api-key")).containsExactly(first, second);

        StoredDocument newer = new StoredDocument("api-key", "k1", "{\"revoked\":true}", START.plusMillis(1));
        commit(new DocumentSaved(newer));
        assertThat(store().document("api-key", "k1")).contains(newer);
        assertThat(store().documents("api-key")).containsExactly(newer, second);
        assertThat(store().document("grant", "k1").orElseThrow().body()).isEqualTo("{}");
    }

    final void commit(StoreChange... changes) {
        store().commit(List.of(changes));
    }

    static void assertUnavailable(ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(HostException.class, error -> assertThat(error.code())
                .isEqualTo(JournalError.JOURNAL_UNAVAILABLE));
    }
}
