/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.Set;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;

/**
 * One rule of the policy.
 *
 * @param id its name, unique within the policy
 * @param at where it is asked
 * @param when which intents it decides
 * @param then what it says of them
 * @param reason why, fit for people
 * @param approval who is asked, when {@code then} is {@code NEEDS_APPROVAL}
 */
record PolicyRule(
        String id, Set<GatePoint> at, Condition when, Decision then, ReasonText reason, ApprovalTerms approval) {

    /** Copies the set. */
    PolicyRule {
        at = Set.copyOf(at);
    }
}
