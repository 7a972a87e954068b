/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tools that no one has ever written, as the host would offer them, and the requests that it would send. */
final class InventedTools {

    static final ObjectMapper JSON = new ObjectMapper();

    private InventedTools() {}

    static List<ToolSpecification> all() {
        try (InputStream stream = InventedTools.class.getResourceAsStream("tools.json")) {
            List<ToolSpecification> tools = new ArrayList<>();
            JSON.readTree(stream).forEach(node -> tools.add(tool(node)));
            return tools;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ToolSpecification> named(String... names) {
        return all().stream()
                .filter(tool -> List.of(names).contains(tool.name()))
                .toList();
    }

    static ToolSpecification tool(JsonNode node) {
        List<Map<String, String>> examples = new ArrayList<>();
        node.path("examples")
                .forEach(example -> examples.add(Map.of(
                        "goal",
                        example.path("goal").asText(),
                        "arguments",
                        example.path("arguments").toString())));
        return ToolSpecification.builder()
                .name(node.path("name").asText())
                .description(node.path("description").asText())
                .addMetadata("openmcp.schema", node.path("schema").toString())
                .addMetadata("openmcp.examples", examples)
                .addMetadata("openmcp.effect", node.path("effect").asText())
                .build();
    }

    static ChatRequest request(List<ToolSpecification> tools, String goal, ChatMessage... more) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(
                SystemMessage.from(
                        """
                You are an agent.
                ```openmcp-context
                {"assets":[{"coin":true,"decimals":18,"symbol":"ETH"},{"decimals":6,"symbol":"USDC"},{"decimals":18,"symbol":"DAI"},{"decimals":18,"symbol":"TOK"},{"decimals":18,"symbol":"WETH"}],"chain":{"id":"eip155:31337","name":"devnet"},"names":{"alice.eth":"0x01","bob.eth":"0x02","carol.eth":"0x03"},"openmcp.contract":"1"}
                ```"""));
        messages.add(UserMessage.from(goal));
        messages.addAll(List.of(more));
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(tools)
                .build();
    }
}
