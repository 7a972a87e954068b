/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunState;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where rows live. The engine is the only writer and calls {@link #commit} from one thread; reads come from many
 * threads and see every commit that has returned.
 *
 * <p>What a store must hold without loss: times in milliseconds; text of any Unicode scalar value but U+0000, where
 * texts that differ in nothing but case are different texts. The longest of each, in UTF-16 code units: stream 128;
 * entry type 64; entry body 1,048,576; principal and client id 128; goal 4,000; network 41; metadata 16,384; reply and
 * thought 65,536; result 1,048,576; error code 64; error detail 4,000; provider 256; a receipt's envelope 4,194,304;
 * idempotency key, hash, call id, label, sender and receiver 128; description 1,000; value, gas and price 78 decimal
 * digits; signed bytes 524,288; transaction detail 4,000; document collection 64, id 128, body 1,048,576; session 128. The writer keeps
 * to them.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ConsumerType
public interface RunStore {

    /**
     * Writes all changes in one database transaction and returns when it is forced to stable storage. All or nothing.
     *
     * <p>Fails with {@code JOURNAL_UNAVAILABLE}, too, when an entry's stream and seq are there already, when a run has a
     * receipt already, and when another run has the same principal and client id.
     */
    void commit(List<StoreChange> changes);

    /** A run by its id. */
    Optional<RunRecord> run(String id);

    /** A run by what its client calls it. */
    Optional<RunRecord> runByClientId(String principal, String clientId);

    /** A part of the list of runs, ordered by creation, then by id. */
    Page<RunRecord> runs(RunQuery query);

    /** Every run that has not ended, oldest first. */
    List<RunRecord> unfinishedRuns();

    /** How many runs are in each state; states without runs are left out. */
    Map<RunState, Long> countByState();

    /** Entries of a stream behind a sequence number, oldest first. */
    List<JournalEntry> entries(String stream, long afterSeq, int limit);

    /** The last entry of a stream. */
    Optional<JournalEntry> head(String stream);

    /** Names of streams behind a name, in the order of their UTF-16 code units. */
    List<String> streams(String after, int limit);

    /** A transaction by its idempotency key. */
    Optional<TransactionRecord> transaction(String idempotencyKey);

    /** A transaction by its hash. */
    Optional<TransactionRecord> transactionByHash(String hash);

    /** The transactions of a run, by creation, then by nonce. */
    List<TransactionRecord> transactionsOfRun(String runId);

    /** The transactions of a network that are not final, ordered by sender and nonce. */
    List<TransactionRecord> openTransactions(ChainId chain);

    /** The highest nonce of a sender on a network, final or not. */
    OptionalLong highestNonce(ChainId chain, String from);

    /** The receipt of a run. */
    Optional<Receipt> receipt(String runId);

    /** A document. */
    Optional<StoredDocument> document(String collection, String id);

    /** Every document of a collection, ordered by id. */
    List<StoredDocument> documents(String collection);

    /** The end of a stream, as {@link StoreChange.HeadMoved} wrote it last. */
    Optional<StreamHead> streamHead(String stream);

    /** The ends of streams behind a name, in the order of their UTF-16 code units; streams without one are left out. */
    List<StreamHead> streamHeads(String after, int limit);

    /** Streams behind a name that have ended and whose entries are here, in the same order. */
    List<String> endedStreams(String after, int limit);

    /** Names of streams that have entries but are not in the list of streams. For audits: it may walk everything. */
    List<String> strayStreams(int limit);

    /**
     * Hands over every row as the change that would write it, all as they were at one moment: runs by id, transactions by
     * key, receipts by run, documents by collection and id, heads by stream, entries by stream and seq. May take long; what
     * the consumer throws ends it.
     */
    void copy(Consumer<StoreChange> each);

    /** Whether there is no row at all. */
    boolean isEmpty();
}
