/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;

/** Decides as it is told, and remembers what it was asked. */
final class FakeGate implements PolicyGate {

    final List<Intent> intents = Collections.synchronizedList(new ArrayList<>());
    volatile Function<Intent, Decision> rule = intent -> Decision.ALLOW;

    /** When there is one, it decides instead of the rule. */
    volatile Function<Intent, Verdict> judge;

    @Override
    public Verdict decide(Intent intent) {
        intents.add(intent);
        if (judge != null) {
            return judge.apply(intent);
        }
        return new Verdict(rule.apply(intent), "test-rule", policyVersion(), "because the test says so", "cd");
    }

    @Override
    public String policyVersion() {
        return "1-test";
    }
}
