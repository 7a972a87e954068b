/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run has found that did not reach its goal: worth more to a person than the error alone. */
final class Findings {

    private static final int MAX_FINDING = 500;
    private static final int MAX_FINDINGS = 16;

    private Findings() {}

    /** Whether there is something to show. */
    static boolean any(List<ToolResult> results) {
        return results.stream().anyMatch(result -> result.outcome().isOk());
    }

    /** What went wrong and what was found before, in words; empty when nothing was found. */
    static Optional<String> words(String detail, List<ToolResult> results) {
        List<String> found = new ArrayList<>();
        for (ToolResult result : results) {
            if (result.outcome().isOk() && found.size() < MAX_FINDINGS) {
                found.add(finding(result));
            }
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("The goal was not reached. " + detail + "\nFound before that:\n- "
                        + String.join("\n- ", found));
    }

    /** The tool's own sentence, when it has one. */
    private static String finding(ToolResult result) {
        JsonNode value = result.describe().path("result");
        String sentence = value.path("summary").asText("");
        return result.tool() + ": " + Texts.bounded(sentence.isBlank() ? value.toString() : sentence, MAX_FINDING);
    }
}
