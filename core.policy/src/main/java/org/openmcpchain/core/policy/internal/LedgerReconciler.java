/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.core.policy.internal.LedgerRecord.State;
import org.openmcpchain.error.HostException;
import org.openmcpchain.policy.Spent;
import org.openmcpchain.run.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of open reservations whose owner did not say: from the log of transactions, and from the state of
 * their runs. What neither of them proves stays reserved.
 */
final class LedgerReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerReconciler.class);
    private static final int TIDY_BATCH = 200;

    private final LedgerBook book;
    private final TransactionLog transactions;
    private final Function<String, Optional<Run>> runs;
    private final Duration releaseAfter;
    private final Clock clock;

    LedgerReconciler(
            LedgerBook book,
            TransactionLog transactions,
            Function<String, Optional<Run>> runs,
            Duration releaseAfter,
            Clock clock) {
        this.book = book;
        this.transactions = transactions;
        this.runs = runs;
        this.releaseAfter = releaseAfter;
        this.clock = clock;
    }

    /** Looks at every open reservation once, and tidies up behind what is settled. */
    void run() {
        for (LedgerRecord record : book.open()) {
            try {
                reconcile(record);
            } catch (HostException e) {
                LOG.warn("reservation {} cannot be reconciled now: {}", record.key(), e.getMessage());
            }
        }
        while (book.tidy(TIDY_BATCH, this::isOver) == TIDY_BATCH) {
            LOG.debug("more settled records to tidy up");
        }
    }

    private void reconcile(LedgerRecord record) {
        Optional<TransactionRecord> transaction =
                record.nature() == LedgerRecord.Nature.TRANSACTION ? transactions.find(record.key()) : Optional.empty();
        if (transaction.isPresent()) {
            reconcile(record, transaction.get());
        } else if (hasEndedForGood(record)) {
            boolean asked = record.nature() == LedgerRecord.Nature.INFERENCE && record.state() == State.ALLOWED;
            if (asked) {
                book.settleAsReserved(record.key());
            } else {
                book.release(record.key(), "its run has ended and nothing was signed for it");
            }
        }
    }

    private void reconcile(LedgerRecord record, TransactionRecord transaction) {
        switch (transaction.state()) {
            case MINED -> book.settle(record.key(), Spent.mined(true, cost(transaction)));
            case REVERTED -> book.settle(record.key(), Spent.mined(false, cost(transaction)));
            case REPLACED, DROPPED -> book.release(record.key(), "its transaction will never be mined");
            default -> {
                // Nobody knows yet, so it stays reserved.
            }
        }
    }

    private static BigInteger cost(TransactionRecord transaction) {
        return transaction.gasUsed() == null || transaction.effectiveGasPrice() == null
                ? null
                : transaction.gasUsed().multiply(transaction.effectiveGasPrice());
    }

    /** A signer that is slow to answer may be at work for a while after its run was cancelled. */
    private boolean hasEndedForGood(LedgerRecord record) {
        Instant longAgo = clock.instant().minus(releaseAfter);
        return record.at().isBefore(longAgo)
                && record.runId()
                        .map(runs)
                        .map(run -> run.filter(known -> known.state().isTerminal())
                                .flatMap(Run::endedAt)
                                .filter(ended -> ended.isBefore(longAgo))
                                .isPresent())
                        .orElse(record.nature() != LedgerRecord.Nature.TRANSACTION);
    }

    /** Whether the same intent cannot come again. */
    private boolean isOver(LedgerRecord record) {
        return record.runId()
                .map(runs)
                .map(run -> run.map(known -> known.state().isTerminal()).orElse(false))
                .orElse(true);
    }
}
