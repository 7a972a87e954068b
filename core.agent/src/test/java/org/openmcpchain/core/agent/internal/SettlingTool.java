/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.OutcomeException;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolOperation;

/** Sends something whose outcome is known only after it was asked for a number of times. */
public final class SettlingTool implements Tool {

    final List<String> callIds = new CopyOnWriteArrayList<>();
    private final int unknown;

    SettlingTool(int unknown) {
        this.unknown = unknown;
    }

    record Sent(String hash) {}

    @ToolOperation(name = "send", description = "Sends and settles late.", effect = Effect.TRANSACTION)
    public Sent send(ToolContext context) {
        callIds.add(context.callId());
        if (callIds.size() <= unknown) {
            throw new OutcomeException(new Outcome.Unknown<>("0xabc", "no receipt yet"));
        }
        return new Sent("0xabc");
    }
}
