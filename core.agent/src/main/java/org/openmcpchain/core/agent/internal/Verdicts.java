/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import org.openmcpchain.core.run.RunHeldException;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Verdict;

/** Verdicts as errors that end a run. There is no way around a denial by asking again, so no model gets to see one. */
final class Verdicts {

    private Verdicts() {}

    /** How the gate marks the rule of an approval that somebody has refused. */
    private static final String REJECTED = ":rejected";

    /**
     * Errors: {@code POLICY_DENIED}, {@code APPROVAL_REJECTED}, {@code POLICY_APPROVAL_NEEDED}.
     *
     * @throws RunHeldException when people are asked
     */
    static void requireAllowed(Verdict verdict) {
        hold(verdict);
        if (!verdict.isAllowed()) {
            throw refusal(verdict);
        }
    }

    /**
     * Ends the attempt when people are asked: nothing of the call is journaled, so the next attempt makes it again under the
     * same id, and the gate knows by then what they said.
     */
    static void hold(Verdict verdict) {
        if (verdict.decision() == Decision.NEEDS_APPROVAL && verdict.approval() != null) {
            throw new RunHeldException(verdict.approval());
        }
    }

    static HostException refusal(Verdict verdict) {
        PolicyError code = code(verdict);
        return HostException.of(
                code,
                "rule",
                verdict.ruleId(),
                "policyVersion",
                verdict.policyVersion(),
                "detail",
                "rule " + verdict.ruleId() + ": " + verdict.reason());
    }

    private static PolicyError code(Verdict verdict) {
        if (verdict.decision() == Decision.NEEDS_APPROVAL) {
            return PolicyError.POLICY_APPROVAL_NEEDED;
        }
        return verdict.ruleId().endsWith(REJECTED) ? PolicyError.APPROVAL_REJECTED : PolicyError.POLICY_DENIED;
    }
}
