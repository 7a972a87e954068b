/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange.TransactionSaved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signed transactions: the row and its journal entry in one write. Thread-safe. */
@Component(service = TransactionLog.class, name = "org.openmcpchain.core.run.Transactions")
public final class StoredTransactionLog implements TransactionLog {

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final Locks locks = new Locks();

    /** Over the journal. */
    @Activate
    public StoredTransactionLog(@Reference JournaledStore journal, @Reference ShieldedReads reads) {
        this.journal = journal;
        this.reads = reads;
    }

    @Override
    public Optional<TransactionRecord> find(String idempotencyKey) {
        return reads.ask(rows -> rows.transaction(idempotencyKey));
    }

    @Override
    public Optional<TransactionRecord> byHash(String hash) {
        return reads.ask(rows -> rows.transactionByHash(hash));
    }

    @Override
    public List<TransactionRecord> ofRun(String runId) {
        return reads.ask(rows -> rows.transactionsOfRun(runId));
    }

    @Override
    public List<TransactionRecord> open(ChainId chain) {
        return reads.ask(rows -> rows.openTransactions(chain));
    }

    @Override
    public OptionalLong highestNonce(ChainId chain, String from) {
        return reads.ask(rows -> rows.highestNonce(chain, from));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if other bytes were signed under this key before: two transactions for one wish
     *     would spend twice
     */
    @Override
    public void signed(TransactionRecord record) {
        TransactionRecord bounded = bounded(record);
        synchronized (locks.of(record.idempotencyKey())) {
            Optional<TransactionRecord> known = find(record.idempotencyKey());
            if (known.isEmpty()) {
                write(EntryTypes.TX_SIGNED, TransactionBodies.signed(bounded), bounded);
            } else if (!known.get().rawTransaction().equals(record.rawTransaction())) {
                throw new IllegalStateException("another transaction has this idempotency key");
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the transaction was never signed here, has other bytes, or is final in another
     *     state
     */
    @Override
    public void advanced(TransactionRecord record) {
        TransactionRecord bounded = bounded(record);
        synchronized (locks.of(record.idempotencyKey())) {
            TransactionRecord known = find(record.idempotencyKey())
                    .orElseThrow(() -> new IllegalStateException("this transaction was not signed here"));
            if (!known.rawTransaction().equals(record.rawTransaction())) {
                throw new IllegalStateException("the signed bytes never change");
            }
            if (known.state().isFinal() && known.state() != record.state()) {
                throw new IllegalStateException("a final state never changes");
            }
            if (!known.equals(bounded)) {
                write(EntryTypes.TX_STATE, TransactionBodies.advanced(bounded), bounded);
            }
        }
    }

    private static TransactionRecord bounded(TransactionRecord record) {
        return new TransactionRecord(
                record.idempotencyKey(),
                record.hash(),
                record.runId(),
                record.callId(),
                record.label(),
                PlainText.orNull(record.description(), PlainText.DESCRIPTION),
                record.chain(),
                record.from(),
                record.to(),
                record.nonce(),
                record.value(),
                record.rawTransaction(),
                record.state(),
                record.blockNumber(),
                record.blockHash(),
                record.gasUsed(),
                record.effectiveGasPrice(),
                PlainText.orNull(record.detail(), PlainText.DETAIL),
                record.createdAt().truncatedTo(ChronoUnit.MILLIS),
                record.updatedAt().truncatedTo(ChronoUnit.MILLIS));
    }

    /** A chain may speak of a transaction after its run has ended; then the stream of the host takes the entry. */
    private void write(String type, Map<String, Object> body, TransactionRecord record) {
        try {
            writeTo("run/" + record.runId(), type, body, record);
        } catch (HostException e) {
            if (e.code() != JournalError.STREAM_ENDED) {
                throw e;
            }
            writeTo(JournalEntry.HOST_STREAM, type, body, record);
        }
    }

    private void writeTo(String stream, String type, Map<String, Object> body, TransactionRecord record) {
        journal.write(List.of(new EntryDraft(stream, type, body)), List.of(new TransactionSaved(record)));
    }
}
