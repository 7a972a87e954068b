/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/**
 * What a model answered, cut down to what the journal can hold. Whatever a model writes becomes one of these.
 *
 * @param text its text, or null
 * @param thinking what it thought aloud, or null
 * @param calls the tool calls that it wants, under the host's ids
 * @param dropped how many further calls it wanted
 * @param responseHash SHA-256 of the canonical JSON of the whole answer, lower-case hex
 * @param inputTokens how many tokens it read, or null
 * @param outputTokens how many tokens it wrote, or null
 */
record ModelReply(
        String text,
        String thinking,
        List<PlannedCall> calls,
        int dropped,
        String responseHash,
        Integer inputTokens,
        Integer outputTokens) {

    static final int MAX_TEXT = 32_768;
    static final int MAX_THINKING = 16_384;
    static final int MAX_CALLS = 16;

    /** For the arguments of all calls together: with the texts it stays below what one journal entry may hold. */
    private static final int MAX_ARGUMENTS = 65_536;

    ModelReply {
        calls = List.copyOf(calls);
    }

    static ModelReply of(int round, ChatResponse response) {
        AiMessage message = response.aiMessage();
        List<ToolExecutionRequest> wanted = message.toolExecutionRequests() == null
                ? List.of()
                : message.toolExecutionRequests().stream()
                        .filter(Objects::nonNull)
                        .toList();
        List<PlannedCall> calls = calls(round, wanted);
        var tokens = response.tokenUsage();
        return new ModelReply(
                Texts.bounded(message.text(), MAX_TEXT),
                Texts.bounded(message.thinking(), MAX_THINKING),
                calls,
                wanted.size() - calls.size(),
                hash(message, wanted),
                tokens == null ? null : tokens.inputTokenCount(),
                tokens == null ? null : tokens.outputTokenCount());
    }

    /** The same as LangChain4j's message, as later rounds see it. */
    AiMessage message() {
        List<ToolExecutionRequest> requests = calls.stream()
                .map(call -> ToolExecutionRequest.builder()
                        .id(call.id())
                        .name(call.name())
                        .arguments(call.arguments())
                        .build())
                .toList();
        return AiMessage.builder()
                .text(text)
                .thinking(thinking)
                .toolExecutionRequests(requests)
                .build();
    }

    private static List<PlannedCall> calls(int round, List<ToolExecutionRequest> wanted) {
        List<PlannedCall> calls = new ArrayList<>();
        int room = MAX_ARGUMENTS;
        for (ToolExecutionRequest request : wanted.subList(0, Math.min(wanted.size(), MAX_CALLS))) {
            String name = request.name() == null ? "" : request.name();
            // What is cut stays too long or broken, so it is refused for what it is, also after a restart.
            String arguments = cut(request.arguments(), Math.min(room, ArgumentCheck.MAX_CHARACTERS + 1));
            room -= arguments.length();
            calls.add(new PlannedCall(round + "." + calls.size(), Texts.bounded(name, 64), arguments));
        }
        return calls;
    }

    private static String cut(String text, int limit) {
        String present = text == null ? "" : text;
        return Texts.wellFormed(present.length() > limit ? present.substring(0, limit) : present);
    }

    private static String hash(AiMessage message, List<ToolExecutionRequest> wanted) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("text", Texts.wellFormed(message.text()));
        whole.put("thinking", Texts.wellFormed(message.thinking()));
        whole.put(
                "toolCalls",
                wanted.stream()
                        .map(request -> {
                            Map<String, Object> call = new LinkedHashMap<>();
                            call.put("name", Texts.wellFormed(request.name()));
                            call.put("arguments", Texts.wellFormed(request.arguments()));
                            return call;
                        })
                        .toList());
        return Digests.sha256(CanonicalJson.of(whole));
    }
}
