/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunState;

/** A store in memory into which a test can reach: before and after a commit, and into what is read. */
final class HookedStore implements RunStore {

    final RunStore rows = new MemoryRunStore(1_000_000);
    final AtomicInteger commits = new AtomicInteger();
    volatile Consumer<List<StoreChange>> before = changes -> {};
    volatile Consumer<List<StoreChange>> after = changes -> {};
    volatile UnaryOperator<List<JournalEntry>> read = entries -> entries;
    volatile Consumer<RunRecord> beforeFound = run -> {};
    volatile UnaryOperator<List<RunRecord>> unfinished = runs -> runs;

    @Override
    public void commit(List<StoreChange> changes) {
        commits.incrementAndGet();
        before.accept(changes);
        rows.commit(changes);
        after.accept(changes);
    }

    @Override
    public Optional<RunRecord> run(String id) {
        rows.run(id).ifPresent(beforeFound);
        return rows.run(id);
    }

    @Override
    public Optional<RunRecord> runByClientId(String principal, String clientId) {
        return rows.runByClientId(principal, clientId);
    }

    @Override
    public Page<RunRecord> runs(RunQuery query) {
        return rows.runs(query);
    }

    @Override
    public List<RunRecord> unfinishedRuns() {
        return unfinished.apply(rows.unfinishedRuns());
    }

    @Override
    public Map<RunState, Long> countByState() {
        return rows.countByState();
    }

    @Override
    public List<JournalEntry> entries(String stream, long afterSeq, int limit) {
        return read.apply(rows.entries(stream, 0, Integer.MAX_VALUE)).stream()
                .filter(entry -> entry.seq() > afterSeq)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<JournalEntry> head(String stream) {
        return rows.head(stream);
    }

    @Override
    public List<String> streams(String after, int limit) {
        return rows.streams(after, limit);
    }

    @Override
    public Optional<TransactionRecord> transaction(String idempotencyKey) {
        return rows.transaction(idempotencyKey);
    }

    @Override
    public Optional<TransactionRecord> transactionByHash(String hash) {
        return rows.transactionByHash(hash);
    }

    @Override
    public List<TransactionRecord> transactionsOfRun(String runId) {
        return rows.transactionsOfRun(runId);
    }

    @Override
    public List<TransactionRecord> openTransactions(ChainId chain) {
        return rows.openTransactions(chain);
    }

    @Override
    public OptionalLong highestNonce(ChainId chain, String from) {
        return rows.highestNonce(chain, from);
    }

    @Override
    public Optional<Receipt> receipt(String runId) {
        return rows.receipt(runId);
    }

    @Override
    public Optional<StoredDocument> document(String collection, String id) {
        return rows.document(collection, id);
    }

    @Override
    public List<StoredDocument> documents(String collection) {
        return rows.documents(collection);
    }

    @Override
    public Optional<StreamHead> streamHead(String stream) {
        return rows.streamHead(stream);
    }

    @Override
    public List<StreamHead> streamHeads(String after, int limit) {
        return rows.streamHeads(after, limit);
    }

    @Override
    public List<String> endedStreams(String after, int limit) {
        return rows.endedStreams(after, limit);
    }

    @Override
    public List<String> strayStreams(int limit) {
        return rows.strayStreams(limit);
    }

    @Override
    public void copy(Consumer<StoreChange> each) {
        rows.copy(each);
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty();
    }
}
