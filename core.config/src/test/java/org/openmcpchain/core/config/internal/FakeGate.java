/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.ArrayList;
import java.util.List;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;

/** A gate that decides as it is told and remembers what it was asked. */
final class FakeGate implements PolicyGate {

    final List<Intent> asked = new ArrayList<>();
    volatile Decision decision = Decision.ALLOW;

    @Override
    public Verdict decide(Intent intent) {
        asked.add(intent);
        return new Verdict(decision, "test-rule", "1-test", "because the test says so", "00");
    }

    @Override
    public String policyVersion() {
        return "1-test";
    }
}
