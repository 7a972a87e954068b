/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import org.openmcpchain.policy.Decision;

/**
 * What the rules say of an intent.
 *
 * @param decision allow, deny or ask
 * @param rule the rule that says so
 * @param reason why, fit for people
 * @param approval who is asked; only read when the decision is {@code NEEDS_APPROVAL}
 */
record Ruling(Decision decision, String rule, String reason, ApprovalTerms approval) {

    static Ruling deny(String rule, String reason) {
        return new Ruling(Decision.DENY, rule, reason, ApprovalTerms.STANDARD);
    }
}
