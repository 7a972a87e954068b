/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Map;
import java.util.function.Function;
import org.openmcpchain.core.inference.InferenceProvider;

/** A provider that answers as it is told. */
final class FakeProvider implements InferenceProvider {

    private final String label;
    private final Function<ChatRequest, ChatResponse> answer;
    private Integer maxOutputTokens;

    FakeProvider(String label, Function<ChatRequest, ChatResponse> answer) {
        this.label = label;
        this.answer = answer;
    }

    static FakeProvider saying(String text) {
        return new FakeProvider(text, request -> reply(text));
    }

    FakeProvider limitedTo(int tokens) {
        maxOutputTokens = tokens;
        return this;
    }

    static ChatResponse reply(String text) {
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
    }

    static Map<String, Object> service(String id, long serviceId, int ranking) {
        return Map.of(InferenceProvider.ID, id, "service.id", serviceId, "service.ranking", ranking);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String model() {
        return "fake";
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public ChatModel chat() {
        return new ChatModel() {
            @Override
            public ChatResponse chat(ChatRequest request) {
                return answer.apply(request);
            }

            @Override
            public ChatRequestParameters defaultRequestParameters() {
                return ChatRequestParameters.builder()
                        .maxOutputTokens(maxOutputTokens)
                        .build();
            }
        };
    }
}
