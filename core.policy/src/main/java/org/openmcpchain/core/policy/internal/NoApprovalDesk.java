/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import org.openmcpchain.policy.Decision;

/** Nobody is there to be asked, so what needs an approval is denied. */
final class NoApprovalDesk implements ApprovalDesk {

    @Override
    public Answer ask(GateQuestion question, Ruling ruling) {
        return new Answer(
                Decision.DENY, ruling.rule(), "nobody can be asked: " + ruling.reason(), null, Consequence.NONE);
    }

    @Override
    public Consequence decidedWithout(GateQuestion question) {
        return Consequence.NONE;
    }
}
