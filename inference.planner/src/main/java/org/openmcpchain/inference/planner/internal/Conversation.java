/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a chat request says, as the contract in {@code core.inference/README.md} lays it out.
 *
 * @param goal the person's words
 * @param vocabulary the names of the network
 * @param network the network's name and id, lower-case, or an empty text
 * @param results what the calls of this run brought so far, in order
 */
record Conversation(String goal, Vocabulary vocabulary, String network, List<Result> results) {

    private static final Pattern CONTEXT = Pattern.compile("(?m)^```openmcp-context\\R(.*)\\R```\\s*$");
    private static final int MAX_GOAL = 8_000;

    /** Copies the results. */
    Conversation {
        results = List.copyOf(results);
    }

    /**
     * What one call brought.
     *
     * @param tool the tool
     * @param failed whether it did not end well
     * @param body the JSON object that the host made of it
     */
    record Result(String tool, boolean failed, JsonNode body) {}

    static Conversation of(ChatRequest request, ObjectMapper json) {
        String goal = "";
        JsonNode context = MissingNode.getInstance();
        List<Result> results = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            if (message instanceof SystemMessage system) {
                context = context(system.text(), json);
            } else if (message instanceof UserMessage user) {
                goal = user.hasSingleText() ? user.singleText() : "";
                results.clear();
            } else if (message instanceof ToolExecutionResultMessage result) {
                results.add(result(result, json));
            }
        }
        String bounded = goal.length() > MAX_GOAL ? goal.substring(0, MAX_GOAL) : goal;
        return new Conversation(bounded, vocabulary(context), network(context), results);
    }

    private static JsonNode context(String text, ObjectMapper json) {
        Matcher matcher = CONTEXT.matcher(text);
        JsonNode last = MissingNode.getInstance();
        while (matcher.find()) {
            last = parsed(matcher.group(1), json);
        }
        return last;
    }

    private static Vocabulary vocabulary(JsonNode context) {
        List<String> symbols = new ArrayList<>();
        context.path("assets").forEach(asset -> symbols.add(asset.path("symbol").asText("")));
        symbols.removeIf(String::isBlank);
        List<String> names = new ArrayList<>();
        context.path("names").fieldNames().forEachRemaining(names::add);
        return Vocabulary.of(symbols, names);
    }

    private static String network(JsonNode context) {
        JsonNode chain = context.path("chain");
        return (chain.path("name").asText("") + " " + chain.path("id").asText(""))
                .strip()
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static Result result(ToolExecutionResultMessage message, ObjectMapper json) {
        JsonNode body = parsed(message.text(), json);
        boolean failed = Boolean.TRUE.equals(message.isError())
                || !body.path("outcome").asText("OK").equals("OK");
        return new Result(message.toolName(), failed, body);
    }

    private static JsonNode parsed(String text, ObjectMapper json) {
        try {
            JsonNode node = json.readTree(text);
            return node instanceof ObjectNode ? node : MissingNode.getInstance();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return MissingNode.getInstance();
        }
    }
}
