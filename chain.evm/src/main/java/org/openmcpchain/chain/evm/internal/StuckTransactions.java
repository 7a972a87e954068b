/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;

/**
 * Transactions of ours that no block takes while the base fee is what it is. The host never replaces one: whoever must
 * act is told, once for each transaction, and nothing is signed behind it, because that would wait with it. Thread-safe.
 */
final class StuckTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(StuckTransactions.class);
    /** Five blocks of Ethereum, for which the fee was chosen. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private static final Set<ChainError> REFUSALS = Set.of(ChainError.CHAIN_FEE_TOO_LOW, ChainError.CHAIN_FUNDS);
    private static final String REMEDY = "Wait, or replace it from outside with another transaction of the same key and"
            + " nonce; see docs/guide/operating.md";

    private final ChainId chain;
    private final EvmNode node;
    private final TransactionLog log;
    private final Clock clock;
    private final Set<String> toldStuck = ConcurrentHashMap.newKeySet();
    private final Set<String> toldRefused = ConcurrentHashMap.newKeySet();

    StuckTransactions(ChainId chain, EvmNode node, TransactionLog log, Clock clock) {
        this.chain = chain;
        this.node = node;
        this.log = log;
        this.clock = clock;
    }

    /** The first stuck transaction of an account that one with this nonce would wait for, or empty. */
    Optional<TransactionRecord> before(String from, long nonce) {
        return stuck(log.open(chain).stream()
                        .filter(record -> record.from().equalsIgnoreCase(from) && record.nonce() < nonce))
                .stream()
                .findFirst();
    }

    /** Tells of all that are stuck now. */
    void tell() {
        stuck(log.open(chain).stream());
    }

    /** Tells that the node does not take bytes again that nobody can take back. */
    void refused(TransactionRecord record, HostException refusal) {
        if (REFUSALS.contains(refusal.code()) && toldRefused.add(record.hash())) {
            LOG.warn(
                    "The node does not take transaction {} (nonce {} of {} on {}) again: {}. {}",
                    record.hash(),
                    record.nonce(),
                    record.from(),
                    chain,
                    refusal.plainText(),
                    REMEDY);
        }
    }

    /** It has ended. */
    void ended(TransactionRecord record) {
        toldStuck.remove(record.hash());
        toldRefused.remove(record.hash());
    }

    private List<TransactionRecord> stuck(Stream<TransactionRecord> open) {
        Instant young = clock.instant().minus(YOUNG);
        List<TransactionRecord> old =
                open.filter(record -> record.createdAt().isBefore(young)).toList();
        if (old.isEmpty()) {
            return List.of();
        }
        BigInteger base = node.baseFee();
        Map<String, Long> mined = new HashMap<>();
        List<TransactionRecord> stuck = old.stream()
                .filter(record -> isBelow(record, base)
                        && record.nonce() >= mined.computeIfAbsent(record.from(), node::minedCount))
                .toList();
        stuck.forEach(record -> tell(record, base));
        return stuck;
    }

    private static boolean isBelow(TransactionRecord record, BigInteger base) {
        return TransactionDecoder.decode(record.rawTransaction()).getTransaction() instanceof Transaction1559 content
                && content.getMaxFeePerGas().compareTo(base) < 0;
    }

    private void tell(TransactionRecord record, BigInteger base) {
        if (toldStuck.add(record.hash())) {
            LOG.warn(
                    "Transaction {} (nonce {} of {} on {}) cannot be mined at the base fee of {} wei; nothing is signed"
                            + " behind it. {}",
                    record.hash(),
                    record.nonce(),
                    record.from(),
                    chain,
                    base,
                    REMEDY);
        }
    }
}
