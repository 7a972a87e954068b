/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Verdict;

/** Verdicts as errors that end a run. There is no way around a denial by asking again, so no model gets to see one. */
final class Verdicts {

    private Verdicts() {}

    /** Errors: {@code POLICY_DENIED}, {@code POLICY_APPROVAL_NEEDED}. */
    static void requireAllowed(Verdict verdict) {
        if (!verdict.isAllowed()) {
            throw refusal(verdict);
        }
    }

    static HostException refusal(Verdict verdict) {
        PolicyError code = verdict.decision() == Decision.NEEDS_APPROVAL
                ? PolicyError.POLICY_APPROVAL_NEEDED
                : PolicyError.POLICY_DENIED;
        return HostException.of(
                code,
                "rule",
                verdict.ruleId(),
                "policyVersion",
                verdict.policyVersion(),
                "detail",
                "rule " + verdict.ruleId() + ": " + verdict.reason());
    }
}
