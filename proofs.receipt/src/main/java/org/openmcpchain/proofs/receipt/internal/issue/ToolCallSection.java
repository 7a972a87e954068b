/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.Map;
import java.util.Optional;
import org.openmcpchain.journal.EntryTypes;

/** Every tool call that the agent chose, with how it ended. */
final class ToolCallSection extends RecordSection {

    ToolCallSection() {
        super("toolCalls", "tool.");
    }

    @Override
    Optional<Map<String, Object>> find(RunEntry entry) {
        return youngest(entry, "callId");
    }

    @Override
    void fill(Map<String, Object> target, RunEntry entry) {
        if (entry.type().equals(EntryTypes.TOOL_RETURNED)) {
            entry.copyTo(target, "callId", "tool", "outcome", "resultHash", "code");
        } else {
            entry.copyTo(target, "callId", "tool", "effect", "argumentsHash", "schemaHash");
            entry.bundle().ifPresent(bundle -> target.put("bundle", bundle));
        }
    }
}
