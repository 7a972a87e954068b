/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;

/** A log of transactions in which a test writes what it likes. */
final class FakeTransactionLog implements TransactionLog {

    private final Map<String, TransactionRecord> records = new ConcurrentHashMap<>();

    /** A transaction is in this state; gas is null as long as it was not mined. */
    void put(String key, TransactionState state, Long gasUsed, Long gasPrice) {
        records.put(
                key,
                new TransactionRecord(
                        key,
                        "0x" + key,
                        "r",
                        "1.0",
                        "label",
                        "description",
                        ChainId.eip155(31337),
                        "0xfrom",
                        "0xto",
                        0,
                        BigInteger.ZERO,
                        "0x",
                        state,
                        null,
                        null,
                        gasUsed == null ? null : BigInteger.valueOf(gasUsed),
                        gasPrice == null ? null : BigInteger.valueOf(gasPrice),
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH));
    }

    @Override
    public Optional<TransactionRecord> find(String idempotencyKey) {
        return Optional.ofNullable(records.get(idempotencyKey));
    }

    @Override
    public Optional<TransactionRecord> byHash(String hash) {
        throw new AssertionError("not asked");
    }

    @Override
    public List<TransactionRecord> ofRun(String runId) {
        throw new AssertionError("not asked");
    }

    @Override
    public List<TransactionRecord> open(ChainId chain) {
        throw new AssertionError("not asked");
    }

    @Override
    public OptionalLong highestNonce(ChainId chain, String from) {
        throw new AssertionError("not asked");
    }

    @Override
    public void signed(TransactionRecord record) {
        throw new AssertionError("not asked");
    }

    @Override
    public void advanced(TransactionRecord record) {
        throw new AssertionError("not asked");
    }
}
