/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one intent has reserved and spent. Immutable.
 *
 * @param key the intent's key, or {@code intent/<hash>} when it has none
 * @param intentHash the hash of the intent that was counted last
 * @param runId the run, or empty
 * @param nature how its end is found out
 * @param state whether anybody was ever allowed to use the reservation
 * @param policy the label of the policy that counted it
 * @param at when it was counted last
 * @param reserved what may still be spent
 * @param spent what was spent, each with its time
 */
record LedgerRecord(
        String key,
        String intentHash,
        Optional<String> runId,
        Nature nature,
        State state,
        String policy,
        Instant at,
        List<LedgerCharge> reserved,
        List<Spending> spent) {

    /** How the end of an intent is found out. */
    enum Nature {
        /** From the log of transactions. */
        TRANSACTION,
        /** From whoever asked the model; at the latest when the run has ended. */
        INFERENCE,
        /** Not at all: what is allowed counts as done. */
        AT_ONCE
    }

    /** Where a reservation is. */
    enum State {
        /** People are asked; nobody may use it yet. */
        HELD,
        /** It was allowed. */
        ALLOWED,
        /** It was carried out, and nothing is reserved any more. */
        SETTLED
    }

    /**
     * Something that was spent.
     *
     * @param charge under which cap and how much
     * @param at when it was known
     */
    record Spending(LedgerCharge charge, Instant at) {}

    /** Copies the lists. */
    LedgerRecord {
        reserved = List.copyOf(reserved);
        spent = List.copyOf(spent);
    }

    boolean isOpen() {
        return state != State.SETTLED;
    }

    /** The same intent with nothing reserved and this spent. */
    LedgerRecord settled(List<Spending> all) {
        return new LedgerRecord(key, intentHash, runId, nature, State.SETTLED, policy, at, List.of(), all);
    }
}
