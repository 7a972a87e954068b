/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Verdict;

/**
 * The body of a verdict's entry: the whole intent but its run (the stream says it), the verdict, what the rules alone said,
 * the caps it was counted under, and the circumstances. From it alone the intent can be judged again.
 */
final class VerdictText {

    private VerdictText() {}

    static Map<String, Object> of(
            GateQuestion question, Map<String, Object> intent, Ruling ruling, Verdict verdict, List<CapUsage> usage) {
        Map<String, Object> body = new LinkedHashMap<>(intent);
        body.remove("runId");
        body.put("decision", verdict.decision());
        body.put("rule", verdict.ruleId());
        body.put("policyVersion", verdict.policyVersion());
        body.put("reason", verdict.reason());
        body.put("intentHash", verdict.intentHash());
        body.put("approval", verdict.approval());
        body.put("ruling", Map.of("decision", ruling.decision(), "rule", ruling.rule()));
        body.put(
                "caps",
                usage.isEmpty() ? null : usage.stream().map(VerdictText::of).toList());
        Circumstances circumstances = question.circumstances();
        Map<String, Object> around = new LinkedHashMap<>();
        around.put("now", circumstances.now().toString());
        around.put("granted", circumstances.granted());
        around.put("contracts", circumstances.contracts());
        body.put("circumstances", around);
        return body;
    }

    /**
     * The circumstances of a verdict, or what can be said of those of an entry that was written before they were journaled.
     */
    static Circumstances circumstances(JsonNode body, Instant at) {
        JsonNode around = body.path("circumstances");
        if (around.isMissingNode()) {
            return new Circumstances(at, false, List.of());
        }
        List<String> contracts = new ArrayList<>();
        around.path("contracts").forEach(contract -> contracts.add(contract.asText()));
        return new Circumstances(
                Instant.parse(around.path("now").asText()),
                around.path("granted").asBoolean(),
                contracts);
    }

    /** What the rules alone said: decision and rule. */
    static Ruling ruling(JsonNode body) {
        JsonNode ruling = body.has("ruling") ? body.path("ruling") : body;
        return new Ruling(
                Decision.valueOf(ruling.path("decision").asText()),
                ruling.path("rule").asText(),
                body.path("reason").asText(),
                ApprovalTerms.STANDARD);
    }

    private static Map<String, Object> of(CapUsage usage) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cap", usage.cap());
        map.put("holder", usage.holder());
        map.put("unit", usage.unit());
        map.put("limit", usage.limit());
        map.put("reserved", usage.reserved());
        map.put("settled", usage.settled());
        map.put("blown", usage.blown());
        return map;
    }
}
