/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.proof.Digests;

/** The result of a run as JSON: what was answered, what was done, and what was seen on the way. Not thread-safe. */
final class ResultDocument {

    /** For the results of all tool calls together; beyond it only their hashes are listed. */
    private static final int MAX_RESULTS = 256 * 1024;

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();
    private final List<String> observations = new ArrayList<>();
    private int room = MAX_RESULTS;

    /** Something that people should know about how the result came about. */
    void observe(String observation) {
        if (!observations.contains(observation)) {
            observations.add(observation);
        }
    }

    void outcome(String word) {
        node.put("outcome", word);
    }

    /** The goal was not reached, but what was found on the way is in here. */
    void degraded() {
        node.put("degraded", true);
    }

    void answer(ReplyText words) {
        words.reply().ifPresent(reply -> node.put("reply", reply));
        words.thought().ifPresent(thought -> node.put("thought", thought));
        if (!words.missing().isEmpty()) {
            ArrayNode missing = node.putArray("missing");
            words.missing().forEach(missing::add);
        }
    }

    void chain(String id, long blockNumber) {
        node.putObject("chain").put("id", id).put("blockNumber", blockNumber);
    }

    void provider(RecordedReply reply) {
        node.put("provider", reply.provider()).put("label", reply.label());
    }

    void toolResults(List<ToolResult> results) {
        ArrayNode list = node.putArray("toolResults");
        for (ToolResult result : results) {
            ObjectNode entry = list.addObject().put("callId", result.callId()).put("tool", result.tool());
            ObjectNode described = result.describe();
            JsonNode value = described.get("result");
            if (value != null && value.toString().length() > room) {
                described.remove("result");
                described.put("resultHash", Digests.sha256(value.toString()));
                observe("The result of call " + result.callId()
                        + " is too long to be repeated here; it is in the journal");
            } else if (value != null) {
                room -= value.toString().length();
            }
            entry.setAll(described);
        }
    }

    void transactions(List<TransactionRecord> records) {
        ArrayNode list = node.putArray("transactions");
        for (TransactionRecord record : records) {
            ObjectNode entry = list.addObject()
                    .put("hash", record.hash())
                    .put("state", record.state().name())
                    .put("label", record.label())
                    .put("description", record.description())
                    .put("callId", record.callId())
                    .put("chain", record.chain().toString());
            Optional.ofNullable(record.blockNumber()).ifPresent(number -> entry.put("blockNumber", number));
            Optional.ofNullable(record.gasUsed()).ifPresent(gas -> entry.put("gasUsed", gas.toString()));
            Optional.ofNullable(record.effectiveGasPrice())
                    .ifPresent(price -> entry.put("effectiveGasPrice", price.toString()));
            Optional.ofNullable(record.detail()).ifPresent(detail -> entry.put("detail", detail));
        }
    }

    /** The caller's own, unchanged. */
    void metadata(String json) {
        try {
            node.set("metadata", EXACT.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata is checked when a run is submitted", e);
        }
    }

    String json() {
        ArrayNode list = node.putArray("observations");
        observations.forEach(list::add);
        return node.toString();
    }
}
