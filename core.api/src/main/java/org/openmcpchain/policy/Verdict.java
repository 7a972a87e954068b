/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

/**
 * What the gate says of one intent.
 *
 * @param decision allow, deny or ask a person
 * @param ruleId the rule that decided; {@code default-deny} when none allowed it
 * @param policyVersion the version of the policy, with its digest: {@code 1-3f9a…}
 * @param reason why, fit for people
 * @param intentHash the SHA-256 of the intent's canonical JSON, lower-case hex
 * @param approval the id of the approval that is wanted or was used, or null
 */
public record Verdict(
        Decision decision, String ruleId, String policyVersion, String reason, String intentHash, String approval) {

    /** A verdict without an approval. */
    public Verdict(Decision decision, String ruleId, String policyVersion, String reason, String intentHash) {
        this(decision, ruleId, policyVersion, reason, intentHash, null);
    }

    /** Whether it may be done now. */
    public boolean isAllowed() {
        return decision == Decision.ALLOW;
    }
}
