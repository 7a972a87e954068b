/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;

/** A model that answers at once: first with one tool call, then, when it sees the result, in words. */
final class ScriptedModel implements ChatModel {

    static final String TOOL = "bench_price";
    static final String ARGUMENTS = "{\"asset\":\"ETH\"}";
    static final String REPLY = "One ETH costs 2400.50 USD.";

    private static final ChatResponse CALL = response(AiMessage.from(ToolExecutionRequest.builder()
            .id("call-1")
            .name(TOOL)
            .arguments(ARGUMENTS)
            .build()));
    private static final ChatResponse WORDS = response(AiMessage.from(REPLY));

    @Override
    public ChatResponse doChat(ChatRequest request) {
        int last = request.messages().size() - 1;
        return request.messages().get(last).type() == ChatMessageType.TOOL_EXECUTION_RESULT ? WORDS : CALL;
    }

    private static ChatResponse response(AiMessage message) {
        return ChatResponse.builder()
                .aiMessage(message)
                .tokenUsage(new TokenUsage(100, 20))
                .build();
    }
}
