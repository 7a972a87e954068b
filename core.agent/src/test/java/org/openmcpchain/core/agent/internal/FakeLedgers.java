/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.Spent;

/** Writes down what it is told, in order. */
final class FakeLedgers implements Ledgers {

    final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void settle(String key, Spent spent) {
        told.add("settle " + key + " " + spent.inputTokens() + "+" + spent.outputTokens());
    }

    @Override
    public void release(String key, String reason) {
        told.add("release " + key + " " + reason);
    }

    @Override
    public List<CapUsage> usage() {
        return List.of();
    }

    @Override
    public CapUsage reset(String cap, String principal) {
        throw new UnsupportedOperationException("the agent opens no fuse");
    }
}
