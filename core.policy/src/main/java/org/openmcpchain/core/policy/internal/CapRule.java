/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;

/**
 * One cap of the policy.
 *
 * @param id its name, unique within the policy
 * @param unit in what it is counted: a CAIP-19 asset, {@code value-usd}, {@code gas}, {@code wei-fee}, {@code tokens},
 *     {@code model-usd} or {@code count}
 * @param limit how much is allowed, in base units; micro-USD for the two USD units
 * @param per for whom it is counted
 * @param window the rolling window, or empty for no end ({@code per: transaction} never has one)
 * @param at where it is counted
 * @param when which intents it counts
 * @param fuse whether it stays shut once it was exceeded, until a person resets it
 * @param then {@code DENY} or {@code NEEDS_APPROVAL} for what would exceed it
 * @param approval who is asked, when {@code then} is {@code NEEDS_APPROVAL}
 */
record CapRule(
        String id,
        String unit,
        BigInteger limit,
        Per per,
        Optional<Duration> window,
        Set<GatePoint> at,
        Condition when,
        boolean fuse,
        Decision then,
        ApprovalTerms approval) {

    /** For whom a cap is counted. */
    enum Per {
        TRANSACTION,
        PRINCIPAL,
        SESSION,
        TOOL,
        RECIPIENT,
        ALL
    }

    /** Copies the set. */
    CapRule {
        at = Set.copyOf(at);
    }

    /** Whether this intent is counted. A filter that cannot be evaluated counts it: a cap is never lost by an error. */
    boolean applies(GateQuestion question) {
        if (!at.contains(question.intent().point())) {
            return false;
        }
        try {
            return when.holds(question);
        } catch (ConditionFailedException e) {
            return true;
        }
    }
}
