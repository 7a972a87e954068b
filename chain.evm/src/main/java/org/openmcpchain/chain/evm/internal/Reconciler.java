/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.Optional;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what nobody waits for: transactions whose caller is gone since a restart, and those whose receipt did not come
 * in time. It leaves alone what a caller is driving right now.
 */
final class Reconciler implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final int MAX_RECORDS = 256;

    private final ChainId chain;
    private final TransactionLog log;
    private final Tracker tracker;
    private final Nonces nonces;
    private boolean lookedForGaps;
    private final KeyLocks locks;

    Reconciler(ChainId chain, TransactionLog log, Tracker tracker, Nonces nonces, KeyLocks locks) {
        this.chain = chain;
        this.log = log;
        this.tracker = tracker;
        this.nonces = nonces;
        this.locks = locks;
    }

    /** One round; ends early when the node is out of reach. Never throws, so that the next round comes. */
    @Override
    public void run() {
        try {
            for (TransactionRecord record :
                    log.open(chain).stream().limit(MAX_RECORDS).toList()) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                settle(record.idempotencyKey());
            }
            lookForGaps();
            tracker.stuck().tell();
            tracker.replacements().watch();
        } catch (HostException e) {
            LOG.debug("The unfinished transactions of {} stay as they are for now", chain, e);
        } catch (RuntimeException e) {
            LOG.warn("The unfinished transactions of {} cannot be settled", chain, e);
        }
    }

    /**
     * Once after the start, when the node has all bytes that there are. A nonce that is still missing is nobody's: the
     * account's next transaction takes it.
     */
    private void lookForGaps() {
        if (!lookedForGaps) {
            nonces.gaps()
                    .forEach(gap -> LOG.warn("On {} nothing holds the nonce of {}; the next one takes it", chain, gap));
            lookedForGaps = true;
        }
    }

    private void settle(String key) {
        try (KeyLocks.Held held = locks.acquireNow(key).orElse(null)) {
            // Read again under the lock: whoever held it may have settled it meanwhile.
            Optional<TransactionRecord> current = held == null
                    ? Optional.empty()
                    : log.find(key).filter(record -> !record.state().isFinal());
            current.ifPresent(this::reconcile);
        }
    }

    private void reconcile(TransactionRecord record) {
        try {
            TransactionRecord now = tracker.reconcile(record);
            if (now.state() != record.state()) {
                LOG.info("Transaction {} of run {} is {}", now.hash(), now.runId(), now.state());
            }
        } catch (HostException e) {
            if (e.code() == ChainError.CHAIN_UNREACHABLE || e.code() == ChainError.CHAIN_MISMATCH) {
                throw e;
            }
            LOG.debug("Transaction {} stays {}", record.hash(), record.state(), e);
        }
    }
}
