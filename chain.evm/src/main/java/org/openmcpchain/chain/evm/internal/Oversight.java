/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approvals;
import org.openmcpchain.policy.CallDecoder;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Spent;
import org.openmcpchain.policy.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate and what belongs to it. Decoder, approvals and ledgers may be missing: then nothing is readable, nothing was
 * held, and the ledgers find out for themselves from the log of transactions.
 *
 * @param decoder gives null while there is none, as the others do
 */
record Oversight(
        PolicyGate gate, Supplier<CallDecoder> decoder, Supplier<Approvals> approvals, Supplier<Ledgers> ledgers) {

    private static final Logger LOG = LoggerFactory.getLogger(Oversight.class);

    Verdict decide(Intent intent) {
        return gate.decide(intent);
    }

    /**
     * What people were or are asked under this key: exactly that is brought before the gate again, whatever a repeated call
     * would make of it today. Empty when nobody was asked, or when the question was withdrawn.
     */
    Optional<Intent> held(String key) {
        Approvals desk = approvals.get();
        return desk == null
                ? Optional.empty()
                : desk.ofKey(key)
                        .filter(approval -> approval.state() != Approval.State.WITHDRAWN)
                        .map(Approval::intent);
    }

    /** What the decoder says, or that nothing can be read. Never throws, never empty. */
    List<Action> actions(java.util.function.Function<CallDecoder, List<Action>> question) {
        CallDecoder reader = decoder.get();
        if (reader == null) {
            return List.of(unreadable("There is no decoder on this host"));
        }
        try {
            List<Action> actions = question.apply(reader);
            return actions.isEmpty() ? List.of(unreadable("The decoder says nothing")) : actions;
        } catch (RuntimeException e) {
            LOG.error("The decoder broke", e);
            return List.of(unreadable("The decoder broke"));
        }
    }

    static Action unreadable(String words) {
        return action(ActionKind.UNREADABLE, null, words);
    }

    static Action action(ActionKind kind, String from, String words) {
        return new Action(
                kind, "0", null, null, null, null, from, null, null, null, null, null, null, null, List.of(), words);
    }

    /** Tells the ledgers how a transaction ended. What fails here is made good by the ledgers' own look at the log. */
    void ended(TransactionRecord record) {
        Ledgers books = ledgers.get();
        if (books == null || !record.state().isFinal()) {
            return;
        }
        try {
            if (record.state() == TransactionState.MINED || record.state() == TransactionState.REVERTED) {
                books.settle(
                        record.idempotencyKey(), Spent.mined(record.state() == TransactionState.MINED, cost(record)));
            } else {
                books.release(record.idempotencyKey(), record.state() + ": " + record.detail());
            }
        } catch (RuntimeException e) {
            LOG.warn("The ledgers could not be told that {} is {}", record.hash(), record.state(), e);
        }
    }

    /** Gives back what was reserved for something that was never signed. */
    void notDone(String key, String reason) {
        Ledgers books = ledgers.get();
        if (books == null) {
            return;
        }
        try {
            books.release(key, reason);
        } catch (RuntimeException e) {
            LOG.warn("The ledgers could not be told that nothing was signed under {}", key, e);
        }
    }

    private static BigInteger cost(TransactionRecord record) {
        return record.gasUsed() == null || record.effectiveGasPrice() == null
                ? null
                : record.gasUsed().multiply(record.effectiveGasPrice());
    }
}
