/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.run.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;

/**
 * Brings a signed transaction to its end. From here on nothing is ever signed anew: the same bytes are sent until the
 * chain says what became of them.
 */
final class Tracker {

    private static final Logger LOG = LoggerFactory.getLogger(Tracker.class);

    private final NetworkSettings settings;
    private final EvmNode node;
    private final TransactionLog log;
    private final Oversight oversight;
    private final Clock clock;
    private final BooleanSupplier stopping;
    private final StuckTransactions stuck;
    private final Replacements replacements;

    /** @param stopping whether the network is being taken away, so that nobody should wait any longer */
    Tracker(
            NetworkSettings settings,
            EvmNode node,
            TransactionLog log,
            Oversight oversight,
            Replacements replacements,
            Clock clock,
            BooleanSupplier stopping) {
        this.settings = settings;
        this.node = node;
        this.log = log;
        this.oversight = oversight;
        this.clock = clock;
        this.stopping = stopping;
        this.stuck = new StuckTransactions(settings.info().id(), node, log, clock);
        this.replacements = replacements;
    }

    /** Those that no block takes now. */
    StuckTransactions stuck() {
        return stuck;
    }

    /** Those that another one with their nonce has made impossible. */
    Replacements replacements() {
        return replacements;
    }

    /**
     * Sends bytes that were never sent before. A refusal is then final, because nobody else has them.
     *
     * @return the record in its new state; still SIGNED when it is not known whether the node has the bytes
     */
    TransactionRecord submitFirst(TransactionRecord record) {
        try {
            return submit(record);
        } catch (HostException refusal) {
            if (refusal.code() == ChainError.CHAIN_FUNDS
                    || refusal.code() == ChainError.CHAIN_FEE_TOO_LOW
                    || refusal.parameters().containsKey(EvmNode.FOR_NO_BLOCK)) {
                return advance(record.to(TransactionState.DROPPED, refusal.plainText(), clock.instant()));
            }
            LOG.info("Transaction {} is signed but not sent yet: {}", record.hash(), refusal.getMessage());
            return record;
        }
    }

    /** Sends the bytes; sending them twice does nothing. Errors: those of the node. */
    private TransactionRecord submit(TransactionRecord record) {
        try {
            node.sendRaw(record.rawTransaction());
        } catch (HostException refusal) {
            if (refusal.code() == ChainError.CHAIN_NONCE) {
                // Either these very bytes are mined, or others with their nonce; settling tells.
                return settle(record).orElse(record);
            }
            throw refusal;
        }
        return record.state() == TransactionState.SIGNED
                ? advance(record.to(TransactionState.SUBMITTED, null, clock.instant()))
                : record;
    }

    /** Takes up a transaction of an earlier attempt: sends the same bytes again, for the node may have lost them. */
    Outcome<TransactionReceipt> resume(TransactionRecord earlier, Instant deadline) {
        TransactionRecord record = earlier;
        if (!record.state().isFinal()) {
            try {
                record = reconcile(record);
            } catch (HostException e) {
                LOG.debug("Transaction {} cannot be sent again now", record.hash(), e);
            }
        }
        return follow(record, deadline);
    }

    /** Waits for the end of a transaction, at most until the deadline; then its outcome is unknown. */
    Outcome<TransactionReceipt> follow(TransactionRecord signed, Instant deadline) {
        TransactionRecord record = signed;
        while (true) {
            record = lookAgain(record);
            if (record.state().isFinal()) {
                return outcome(record);
            }
            if (!clock.instant().isBefore(deadline)
                    || stopping.getAsBoolean()
                    || Thread.currentThread().isInterrupted()) {
                return unknown(record);
            }
            Duration left = Duration.between(clock.instant(), deadline);
            LockSupport.parkNanos(
                    Math.min(left.toNanos(), settings.pollInterval().toNanos()));
        }
    }

    /** One round for a transaction that nobody waits for: settles it, or sends the same bytes again. */
    TransactionRecord reconcile(TransactionRecord record) {
        node.requireChain();
        Optional<TransactionRecord> settled = settle(record);
        if (settled.isPresent()) {
            return settled.get();
        }
        try {
            return submit(record);
        } catch (HostException refusal) {
            stuck.refused(record, refusal);
            throw refusal;
        }
    }

    private TransactionRecord lookAgain(TransactionRecord record) {
        if (record.state().isFinal()) {
            return record;
        }
        try {
            return record.state() == TransactionState.SIGNED
                    ? reconcile(record)
                    : settle(record).orElse(record);
        } catch (HostException e) {
            if (e.code().category() == org.openmcpchain.error.Category.EXTERNAL) {
                LOG.debug("No news of transaction {}", record.hash(), e);
                return record;
            }
            throw e;
        }
    }

    private Outcome<TransactionReceipt> unknown(TransactionRecord record) {
        boolean late = !stopping.getAsBoolean() && !Thread.currentThread().isInterrupted();
        if (late && record.state() != TransactionState.UNKNOWN) {
            advance(record.to(TransactionState.UNKNOWN, "no receipt in time", clock.instant()));
        }
        return new Outcome.Unknown<>(
                record.hash(),
                "The transaction is signed and may be mined; it is settled from the chain and never sent anew");
    }

    // ---- what the chain says

    /** The record in its final state, or empty while the chain does not say. */
    private Optional<TransactionRecord> settle(TransactionRecord record) {
        Optional<EvmNode.Execution> execution = node.execution(record.hash());
        if (execution.isPresent()) {
            replacements.forget(record);
            return isDeepEnough(execution.get()) ? Optional.of(executed(record, execution.get())) : Optional.empty();
        }
        return replacements
                .reason(record)
                .map(reason -> advance(record.to(TransactionState.REPLACED, reason, clock.instant())));
    }

    private boolean isDeepEnough(EvmNode.Execution execution) {
        int confirmations = settings.info().confirmations();
        return confirmations <= 1 || node.blockNumber() - execution.receipt().blockNumber() + 1 >= confirmations;
    }

    private TransactionRecord executed(TransactionRecord record, EvmNode.Execution execution) {
        TransactionReceipt receipt = execution.receipt();
        return execution.succeeded()
                ? advance(record.to(TransactionState.MINED, receipt, null, clock.instant()))
                : advance(record.to(TransactionState.REVERTED, receipt, reason(record, receipt), clock.instant()));
    }

    /** A receipt does not say why a transaction reverted: it is executed again on the state that it met. */
    private String reason(TransactionRecord record, TransactionReceipt receipt) {
        RawTransaction sent = TransactionDecoder.decode(record.rawTransaction());
        for (long block : List.of(receipt.blockNumber(), receipt.blockNumber() - 1)) {
            try {
                node.call(record.from(), record.to(), "0x" + strip(sent.getData()), record.value(), block);
            } catch (HostException e) {
                if (e.code() == ChainError.CHAIN_REVERTED) {
                    return e.parameters().get("reason");
                }
                LOG.debug("Transaction {} cannot be executed again", record.hash(), e);
            }
        }
        return receipt.gasUsed().equals(sent.getGasLimit()) ? "it ran out of gas" : RevertReason.WITHOUT_REASON;
    }

    private static String strip(String data) {
        return org.web3j.utils.Numeric.cleanHexPrefix(data == null ? "" : data);
    }

    private Outcome<TransactionReceipt> outcome(TransactionRecord record) {
        return switch (record.state()) {
            case MINED -> new Outcome.Ok<>(node.execution(record.hash())
                    .map(EvmNode.Execution::receipt)
                    .orElseGet(() -> remembered(record)));
            case REVERTED -> failed(record, ChainError.CHAIN_REVERTED);
            case REPLACED -> failed(record, ChainError.CHAIN_NONCE);
            default -> failed(record, ChainError.CHAIN_RPC);
        };
    }

    /** What the log knows, for a node that has forgotten old receipts: everything but the events. */
    private static TransactionReceipt remembered(TransactionRecord record) {
        return new TransactionReceipt(
                record.hash(),
                record.blockNumber(),
                record.blockHash(),
                record.gasUsed(),
                record.effectiveGasPrice(),
                record.from(),
                record.to(),
                List.of());
    }

    /** Never retryable: repeating the call only repeats this outcome. */
    private static Outcome<TransactionReceipt> failed(TransactionRecord record, ChainError code) {
        String detail = record.detail() == null ? code.summary() : record.detail();
        return new Outcome.Failed<>(code.name(), false, detail, Map.of("hash", record.hash(), "label", record.label()));
    }

    private TransactionRecord advance(TransactionRecord record) {
        log.advanced(record);
        oversight.ended(record);
        if (record.state().isFinal()) {
            stuck.ended(record);
            replacements.forget(record);
        }
        if (record.state() == TransactionState.REPLACED) {
            replacements.declared(record);
        }
        return record;
    }
}
