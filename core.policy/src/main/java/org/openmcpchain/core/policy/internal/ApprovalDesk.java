/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import org.openmcpchain.policy.Decision;

/** The approvals, seen from the gate. Thread-safe. */
interface ApprovalDesk {

    /**
     * The answer of people to this intent, asking them when they were not asked yet.
     *
     * @param ruling the ruling that asks; its rule is {@code cap:<id>} when a cap asks
     */
    Answer ask(GateQuestion question, Ruling ruling);

    /** This intent is decided without people now: an open question about it is withdrawn. */
    Consequence decidedWithout(GateQuestion question);

    /**
     * What people say.
     *
     * @param decision NEEDS_APPROVAL as long as they have not decided
     * @param rule the rule that the verdict names
     * @param reason why, fit for people
     * @param approval the id of the approval
     * @param consequence what is to be written with the verdict
     */
    record Answer(Decision decision, String rule, String reason, String approval, Consequence consequence) {}
}
