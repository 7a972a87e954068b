/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;

/**
 * The next nonce of an account: the lowest one that neither the chain counts nor an unfinished transaction of ours
 * holds. A transaction that was written down and not yet sent holds its nonce, also after a restart; one that was
 * proven never to have left gives it back, so no gap remains which nothing would ever fill.
 *
 * <p>Only to be asked while the account's lane is held.
 */
final class Nonces {

    private static final int MAX_GAPS = 64;

    private final ChainId chain;
    private final EvmNode node;
    private final TransactionLog log;

    Nonces(ChainId chain, EvmNode node, TransactionLog log) {
        this.chain = chain;
        this.node = node;
        this.log = log;
    }

    long next(String from) {
        // The chain first: what is mined between the two looks is then in the log's set, and not in neither.
        long nonce = node.pendingCount(from);
        Set<Long> held = log.open(chain).stream()
                .filter(record -> record.from().equalsIgnoreCase(from))
                .map(TransactionRecord::nonce)
                .collect(Collectors.toSet());
        while (held.contains(nonce)) {
            nonce++;
        }
        return nonce;
    }

    /**
     * Nonces below an unfinished transaction of ours that neither the chain counts nor any bytes of ours hold: what is
     * behind them waits until something takes them. Each is {@code <sender> <nonce>}; at most {@value #MAX_GAPS}.
     */
    List<String> gaps() {
        Map<String, TreeSet<Long>> held = new TreeMap<>();
        log.open(chain).forEach(record -> held.computeIfAbsent(record.from(), from -> new TreeSet<>())
                .add(record.nonce()));
        List<String> gaps = new ArrayList<>();
        held.forEach((from, nonces) -> {
            for (long nonce = node.minedCount(from); nonce < nonces.last() && gaps.size() < MAX_GAPS; nonce++) {
                if (!nonces.contains(nonce)) {
                    gaps.add(from + " " + nonce);
                }
            }
        });
        return gaps;
    }
}
