/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The memory of signed transactions, kept with the journal: each change is one journal entry and one row in one forced
 * database transaction. Chains write to it; {@link #signed} returns only when the bytes are on disk. Thread-safe.
 *
 * <p>Errors: {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface TransactionLog {

    /** The transaction with this idempotency key, or empty. */
    Optional<TransactionRecord> find(String idempotencyKey);

    /** The transaction with this hash, or empty. */
    Optional<TransactionRecord> byHash(String hash);

    /** The transactions of a run, oldest first. */
    List<TransactionRecord> ofRun(String runId);

    /** Every transaction of a network that is not final, ordered by sender and nonce. */
    List<TransactionRecord> open(ChainId chain);

    /** The highest nonce that this sender was ever given here on this network, or empty. */
    OptionalLong highestNonce(ChainId chain, String from);

    /** Writes a signed transaction to disk, before anyone may send it. */
    void signed(TransactionRecord record);

    /**
     * Writes a change of state.
     *
     * @param record the record in its new state, from one of its {@code to} methods
     */
    void advanced(TransactionRecord record);
}
