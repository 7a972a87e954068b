/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/** The messages of a run so far, each with its digest. Not thread-safe; what it hands out does not change. */
final class Conversation {

    private final List<ChatMessage> messages = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private long bytes;

    void add(ChatMessage message) {
        messages.add(message);
        byte[] text = CanonicalJson.of(describe(message)).getBytes(StandardCharsets.UTF_8);
        digests.add(Digests.sha256(text));
        bytes += text.length;
    }

    /** How many bytes all messages take as JSON. */
    long bytes() {
        return bytes;
    }

    /** A copy, because a request keeps its list and a call may outlive its round. */
    List<ChatMessage> messages() {
        return List.copyOf(messages);
    }

    /**
     * Stands for everything that a provider receives: SHA-256 of the canonical JSON of the template's name and the digests
     * of messages and tools, lower-case hex.
     */
    String requestHash(String template, List<String> toolDigests) {
        return Digests.sha256(CanonicalJson.of(
                Map.of("promptTemplate", template, "messages", List.copyOf(digests), "tools", toolDigests)));
    }

    private static Map<String, Object> describe(ChatMessage message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", message.type());
        if (message instanceof SystemMessage system) {
            body.put("text", system.text());
        } else if (message instanceof UserMessage user) {
            body.put("text", Texts.wellFormed(user.singleText()));
        } else if (message instanceof AiMessage ai) {
            body.put("text", ai.text());
            body.put("thinking", ai.thinking());
            body.put(
                    "toolCalls",
                    ai.toolExecutionRequests().stream()
                            .map(call -> Map.of("id", call.id(), "name", call.name(), "arguments", call.arguments()))
                            .toList());
        } else if (message instanceof ToolExecutionResultMessage result) {
            body.put("id", result.id());
            body.put("tool", result.toolName());
            body.put("text", result.text());
        }
        return body;
    }
}
