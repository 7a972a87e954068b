/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ConsumerType
public interface RunStore {

    /** Writes all changes in one database transaction and returns when it is forced to stable storage. All or nothing. */
    void commit(List<StoreChange> changes);

    /** A run by its id. */
    Optional<RunRecord> run(String id);

    /** A run by what its client calls it. */
    Optional<RunRecord> runByClientId(String principal, String clientId);

    /** A part of the list of runs. */
    Page<RunRecord> runs(RunQuery query);

    /** Every run that has not ended, oldest first. */
    List<RunRecord> unfinishedRuns();

    /** How many runs are in each state. */
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

    /** The transactions of a run, oldest first. */
    List<TransactionRecord> transactionsOfRun(String runId);

    /** The transactions of a network that are not final, ordered by sender and nonce. */
    List<TransactionRecord> openTransactions(ChainId chain);

    /** The highest nonce of a sender on a network. */
    OptionalLong highestNonce(ChainId chain, String from);

    /** The receipt of a run. */
    Optional<Receipt> receipt(String runId);

    /** A document. */
    Optional<StoredDocument> document(String collection, String id);

    /** Every document of a collection, ordered by id. */
    List<StoredDocument> documents(String collection);
}
