/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;

/** Remembers in a list. */
final class FakeTransactionLog implements TransactionLog {

    final List<TransactionRecord> records = new CopyOnWriteArrayList<>();

    static TransactionRecord record(String runId, String callId, TransactionState state) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return new TransactionRecord(
                "key-" + callId,
                "0x" + "ab".repeat(32),
                runId,
                callId,
                "pay",
                "pays",
                FakeChain.id(),
                FakeChain.ACCOUNT,
                LedgerTool.RECEIVER,
                0,
                BigInteger.ONE,
                "0x02",
                state,
                state == TransactionState.MINED ? 101L : null,
                null,
                state == TransactionState.MINED ? BigInteger.valueOf(21_000) : null,
                BigInteger.TEN,
                "as the test says",
                at,
                at);
    }

    @Override
    public Optional<TransactionRecord> find(String idempotencyKey) {
        return Optional.empty();
    }

    @Override
    public Optional<TransactionRecord> byHash(String hash) {
        return Optional.empty();
    }

    @Override
    public List<TransactionRecord> ofRun(String runId) {
        return records.stream().filter(each -> each.runId().equals(runId)).toList();
    }

    @Override
    public List<TransactionRecord> open(ChainId chain) {
        return List.of();
    }

    @Override
    public OptionalLong highestNonce(ChainId chain, String from) {
        return OptionalLong.empty();
    }

    @Override
    public void signed(TransactionRecord record) {
        records.add(record);
    }

    @Override
    public void advanced(TransactionRecord record) {
        records.add(record);
    }
}
