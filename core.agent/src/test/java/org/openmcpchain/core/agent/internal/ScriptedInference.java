/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openmcpchain.core.inference.Inference;
import org.openmcpchain.core.inference.InferenceLease;
import org.openmcpchain.inference.ProviderInfo;
import org.openmcpchain.market.BundleRef;

/** A model that says its lines in order, and remembers what it was asked. */
final class ScriptedInference implements Inference {

    static final ProviderInfo PROVIDER = new ProviderInfo(
            "script", "scripted model", "script-1", true, 0, new BundleRef("test.script", "1.0.0", "ab"), 0);

    final List<ChatRequest> requests = Collections.synchronizedList(new ArrayList<>());
    final List<Optional<String>> wanted = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Function<ChatRequest, ChatResponse>> lines = new ArrayDeque<>();

    ScriptedInference says(AiMessage... messages) {
        for (AiMessage message : messages) {
            lines.add(request -> ChatResponse.builder()
                    .aiMessage(message)
                    .tokenUsage(new TokenUsage(10, 5))
                    .build());
        }
        return this;
    }

    ScriptedInference does(Function<ChatRequest, ChatResponse> line) {
        lines.add(line);
        return this;
    }

    /** Leaves out lines that an earlier life of the host has heard. */
    void skip(int count) {
        for (int i = 0; i < count; i++) {
            lines.remove();
        }
    }

    static AiMessage text(String text) {
        return AiMessage.from(text);
    }

    static AiMessage calls(ToolExecutionRequest... requests) {
        return AiMessage.from(Arrays.asList(requests));
    }

    static ToolExecutionRequest call(String name, String arguments) {
        return ToolExecutionRequest.builder()
                .id("invented-by-the-model")
                .name(name)
                .arguments(arguments)
                .build();
    }

    @Override
    public InferenceLease lease(Optional<String> providerId, Duration patience) {
        wanted.add(providerId);
        return new InferenceLease() {
            @Override
            public ProviderInfo provider() {
                return PROVIDER;
            }

            @Override
            public ChatResponse chat(ChatRequest request, Duration deadline) {
                requests.add(request);
                return lines.remove().apply(request);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
