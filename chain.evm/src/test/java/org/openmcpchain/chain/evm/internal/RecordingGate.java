/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;

/** Decides as it is told and remembers what it was asked. */
final class RecordingGate implements PolicyGate {

    private final List<Intent> intents = new CopyOnWriteArrayList<>();
    private volatile Decision decision = Decision.ALLOW;
    private volatile Runnable event = () -> {};

    /** What happens elsewhere while the gate thinks. */
    void meanwhile(Runnable event) {
        this.event = event;
    }

    void decideFromNowOn(Decision next) {
        this.decision = next;
    }

    List<Intent> intents() {
        return intents;
    }

    @Override
    public Verdict decide(Intent intent) {
        intents.add(intent);
        event.run();
        return new Verdict(decision, "test-rule", policyVersion(), "the test says so", "00");
    }

    @Override
    public String policyVersion() {
        return "test-1";
    }
}
