/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.Set;
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
}
