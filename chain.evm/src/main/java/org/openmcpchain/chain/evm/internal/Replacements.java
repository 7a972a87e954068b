/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.openmcpchain.chain.TransactionRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether another transaction has used the nonce of one of ours, so that ours will never be mined. That is believed when
 * the other one is found, as deep as the network's confirmations ask. A node that has forgotten the past cannot show it:
 * there, so many looks in a row count that find nothing else, over a minute and over as many blocks. Behind one address
 * there may be several nodes, and some may lag; what one of them does not know yet is no evidence. Thread-safe.
 */
final class Replacements {

    private static final Logger LOG = LoggerFactory.getLogger(Replacements.class);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final int LOOKS = 5;
    /** For so long a reorganisation of the chain is looked for that brings a replaced transaction back. */
    private static final Duration WATCH = Duration.ofHours(1);

    private static final int MAX_WATCHED = 256;

    private final EvmNode node;
    private final int confirmations;
    private final LongSupplier nanos;
    private final NonceHistory history;
    private final ConcurrentHashMap<String, Missed> missed = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Watched> watched = new ConcurrentHashMap<>();

    /** @param nanos a time that only goes forward */
    Replacements(EvmNode node, int confirmations, LongSupplier nanos) {
        this.node = node;
        this.confirmations = confirmations;
        this.nanos = nanos;
        this.history = new NonceHistory(node);
    }

    /**
     * Looks in a row that found neither a receipt nor another transaction.
     *
     * @param head the newest block at the first of them
     */
    private record Missed(long since, int looks, long head) {}

    private record Watched(TransactionRecord record, long since) {}

    /** Why a transaction without a receipt will never be mined, or empty while that is not certain. */
    Optional<String> reason(TransactionRecord record) {
        if (node.minedCount(record.from()) <= record.nonce()) {
            forget(record);
            return Optional.empty();
        }
        long head = node.blockNumber();
        NonceHistory.Finding finding = history.find(record.from(), record.nonce(), head - confirmations + 1);
        if (finding.use() == NonceHistory.Use.FORGOTTEN) {
            return Optional.of("another transaction with this nonce was mined").filter(any -> isMissed(record, head));
        }
        forget(record);
        return Optional.ofNullable(finding.hash())
                .filter(hash -> !hash.equalsIgnoreCase(record.hash()))
                .map(hash -> hash + " was mined with this nonce");
    }

    /** Looks that found nothing no longer count: there is a receipt, or the nonce is free, or all is settled. */
    void forget(TransactionRecord record) {
        missed.remove(record.hash());
    }

    private boolean isMissed(TransactionRecord record, long head) {
        long now = nanos.getAsLong();
        Missed sofar = missed.merge(
                record.hash(),
                new Missed(now, 1, head),
                (before, first) -> new Missed(before.since(), before.looks() + 1, before.head()));
        return sofar.looks() >= LOOKS
                && now - sofar.since() > GRACE.toNanos()
                && head - sofar.head() + 1 >= confirmations;
    }

    /** It was written down as replaced; whether that stays true is watched for a while. */
    void declared(TransactionRecord record) {
        if (watched.size() < MAX_WATCHED) {
            watched.put(record.hash(), new Watched(record, nanos.getAsLong()));
        }
    }

    /**
     * Tells of transactions that were written down as replaced and have a receipt after all, because the chain was
     * reorganised deeper than its confirmations. What is final stays final; people must know.
     */
    void watch() {
        for (Watched entry : watched.values()) {
            TransactionRecord record = entry.record();
            Optional<EvmNode.Execution> execution = node.execution(record.hash());
            execution.ifPresent(found -> LOG.warn(
                    "Transaction {} (nonce {} of {}) of run {} counts as replaced and is mined in block {} after all: the"
                            + " chain was reorganised. Its run was told that it failed, and no ledger counts it. Ask for"
                            + " more confirmations on this network",
                    record.hash(),
                    record.nonce(),
                    record.from(),
                    record.runId(),
                    found.receipt().blockNumber()));
            if (execution.isPresent() || nanos.getAsLong() - entry.since() > WATCH.toNanos()) {
                watched.remove(record.hash());
            }
        }
    }
}
