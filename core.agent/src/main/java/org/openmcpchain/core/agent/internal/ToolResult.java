/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import org.openmcpchain.run.Outcome;

/**
 * How a tool call ended.
 *
 * @param callId the call
 * @param tool the operation that the model named
 * @param outcome how it ended; the value is canonical JSON
 */
record ToolResult(String callId, String tool, Outcome<String> outcome) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The result as the model sees it. */
    ToolExecutionResultMessage message() {
        return ToolExecutionResultMessage.builder()
                .id(callId)
                .toolName(tool)
                .text(describe().toString())
                .isError(!outcome.isOk())
                .build();
    }

    /** The outcome and what belongs to it. */
    ObjectNode describe() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("outcome", outcome.word());
        if (outcome instanceof Outcome.Ok<String> ok) {
            node.set("result", parsed(ok.value()));
        } else if (outcome instanceof Outcome.Failed<String> failed) {
            node.put("code", failed.code()).put("detail", failed.detail()).put("retryable", failed.retryable());
            ObjectNode parameters = node.putObject("parameters");
            failed.parameters().forEach(parameters::put);
        } else if (outcome instanceof Outcome.Unknown<String> unknown) {
            node.put("reference", unknown.reference()).put("detail", unknown.detail());
        } else if (outcome instanceof Outcome.Denied<String> denied) {
            node.put("rule", denied.verdict().ruleId())
                    .put("detail", denied.verdict().reason());
        } else if (outcome instanceof Outcome.NeedsApproval<String> held) {
            node.put("rule", held.verdict().ruleId())
                    .put("detail", held.verdict().reason());
        }
        return node;
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is canonical JSON", e);
        }
    }
}
