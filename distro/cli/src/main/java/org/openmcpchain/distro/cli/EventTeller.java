/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** Tells a task's events as a short story. */
final class EventTeller implements BiConsumer<String, JsonNode> {

    private static final int MAX_ARGUMENTS = 120;

    private final Terminal terminal;

    EventTeller(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(String event, JsonNode entry) {
        JsonNode body = entry.path("body");
        switch (event) {
            case "inference.replied" -> terminal.fact("plan", plan(body));
            case "tool.selected" -> terminal.fact(
                    "call", body.path("tool").asText() + " " + clipped(text(body.path("arguments"))));
            case "gate.verdict" -> verdict(body);
            case "tx.signed" -> terminal.fact(
                    "signed",
                    body.path("label").asText() + " " + body.path("hash").asText());
            case "tx.state" -> terminal.fact("chain", state(body));
            case "tool.returned" -> terminal.fact(
                    "outcome", body.path("outcome").asText());
            case "approval.requested" -> terminal.fact("waits", "for a person: ./openmcp approvals");
            case "approval.closed" -> terminal.fact(
                    "approval", body.path("state").asText());
            default -> {
                // state changes and the end are told by what comes before and after them
            }
        }
    }

    private static String plan(JsonNode body) {
        String provider = body.path("label").asText(body.path("provider").asText());
        int calls = body.path("toolCalls").size();
        return provider + (calls == 0 ? " answers" : " wants " + calls + (calls == 1 ? " call" : " calls"));
    }

    private void verdict(JsonNode body) {
        if (body.path("point").asText().equals("SIGN")
                || !body.path("decision").asText().equals("ALLOW")) {
            terminal.fact(
                    "gate",
                    body.path("decision").asText() + " by " + body.path("rule").asText() + ", policy "
                            + body.path("policyVersion").asText());
        }
    }

    private static String state(JsonNode body) {
        String block = body.path("blockNumber").asText("");
        return body.path("state").asText()
                + (block.isEmpty() ? "" : " in block " + block)
                + (body.path("gasUsed").asText("").isEmpty()
                        ? ""
                        : ", gas " + body.path("gasUsed").asText());
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    private static String clipped(String text) {
        return text.length() <= MAX_ARGUMENTS ? text : text.substring(0, MAX_ARGUMENTS) + "…";
    }
}
