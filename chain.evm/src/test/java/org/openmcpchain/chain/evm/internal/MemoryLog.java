/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;

/** Remembers transactions, and every state that each of them went through. */
final class MemoryLog implements TransactionLog {

    private final Map<String, TransactionRecord> records = new LinkedHashMap<>();
    private final List<TransactionState> history = new ArrayList<>();

    @Override
    public synchronized Optional<TransactionRecord> find(String idempotencyKey) {
        return Optional.ofNullable(records.get(idempotencyKey));
    }

    @Override
    public synchronized Optional<TransactionRecord> byHash(String hash) {
        return all().stream().filter(record -> record.hash().equals(hash)).findFirst();
    }

    @Override
    public synchronized List<TransactionRecord> ofRun(String runId) {
        return all().stream().filter(record -> record.runId().equals(runId)).toList();
    }

    @Override
    public synchronized List<TransactionRecord> open(ChainId chain) {
        return all().stream()
                .filter(record ->
                        record.chain().equals(chain) && !record.state().isFinal())
                .sorted(Comparator.comparing(TransactionRecord::from).thenComparing(TransactionRecord::nonce))
                .toList();
    }

    @Override
    public synchronized OptionalLong highestNonce(ChainId chain, String from) {
        return all().stream()
                .filter(record -> record.chain().equals(chain) && record.from().equals(from))
                .mapToLong(TransactionRecord::nonce)
                .max();
    }

    @Override
    public synchronized void signed(TransactionRecord record) {
        if (records.putIfAbsent(record.idempotencyKey(), record) != null) {
            throw new AssertionError("signed twice: " + record.label());
        }
        history.add(record.state());
    }

    @Override
    public synchronized void advanced(TransactionRecord record) {
        TransactionRecord before = records.put(record.idempotencyKey(), record);
        if (before == null || before.state().isFinal() || before.state() == record.state()) {
            throw new AssertionError("from " + before + " to " + record);
        }
        history.add(record.state());
    }

    synchronized List<TransactionRecord> all() {
        return List.copyOf(records.values());
    }

    synchronized TransactionRecord only() {
        if (records.size() != 1) {
            throw new AssertionError("not one record but " + records.size());
        }
        return all().get(0);
    }

    synchronized List<TransactionState> history() {
        return List.copyOf(history);
    }
}
