/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every question that was put to people, with what each of them said. */
final class ApprovalSection extends RecordSection {

    private static final String VOTES = "votes";

    ApprovalSection() {
        super("approvals", "approval.");
    }

    @Override
    Optional<Map<String, Object>> find(RunEntry entry) {
        return youngest(entry, "approval");
    }

    @Override
    void fill(Map<String, Object> target, RunEntry entry) {
        entry.copyTo(target, "approval", "rule", "policyVersion", "intentHash", "required", "expiresAt", "state");
        if (entry.text("principal").isPresent() && entry.body().containsKey("approves")) {
            votes(target).add(vote(entry));
        }
    }

    private static Map<String, Object> vote(RunEntry entry) {
        Map<String, Object> vote = new LinkedHashMap<>();
        vote.put("principal", entry.text("principal").orElseThrow());
        vote.put("approves", String.valueOf(entry.body().get("approves")));
        return vote;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> votes(Map<String, Object> target) {
        return (List<Object>) target.computeIfAbsent(VOTES, name -> new ArrayList<>());
    }
}
