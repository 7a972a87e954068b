/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Goals for tools that the planner has never heard of: one test for each goal of {@code corpus.txt}. */
class CorpusTest {

    private final ChatModel model = new PlannerProvider().chat();
    private final List<ToolSpecification> tools = InventedTools.all();

    @TestFactory
    Stream<DynamicTest> understands() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(CorpusTest.class.getResourceAsStream("corpus.txt"), StandardCharsets.UTF_8))) {
            String goal = null;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("> ")) {
                    goal = line.substring(2);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    String said = goal;
                    String expected = line;
                    tests.add(DynamicTest.dynamicTest(said, () -> check(said, expected)));
                }
            }
        }
        return tests.stream();
    }

    private void check(String goal, String expected) throws IOException {
        String answer = answer(goal);
        String[] parts = expected.split(" ", 3);
        if (List.of("ASK", "NONE", "SAY").contains(parts[0])) {
            assertThat(answer).startsWith(parts[0]);
            for (int i = 1; i < parts.length; i++) {
                assertThat(answer).containsIgnoringCase(parts[i]);
            }
        } else {
            assertThat(answer).isEqualTo(expected);
        }
    }

    private String answer(String goal) throws IOException {
        List<ChatMessage> messages = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        while (true) {
            AiMessage reply = model.chat(InventedTools.request(tools, goal, messages.toArray(ChatMessage[]::new)))
                    .aiMessage();
            if (!reply.hasToolExecutionRequests()) {
                JsonNode text = InventedTools.JSON.readTree(reply.text());
                return calls.isEmpty() ? word(text) : String.join(" | ", calls);
            }
            ToolExecutionRequest call = reply.toolExecutionRequests().get(0);
            calls.add(call.name() + " " + call.arguments());
            messages.add(reply);
            messages.add(ToolExecutionResultMessage.from(call, "{\"outcome\":\"OK\",\"result\":{\"done\":\"yes\"}}"));
        }
    }

    private static String word(JsonNode text) {
        JsonNode missing = text.path("missing") instanceof MissingNode ? text : text.path("missing");
        String word =
                switch (text.path("status").asText()) {
                    case "needs_input" -> "ASK";
                    case "no_tool" -> "NONE";
                    default -> "SAY";
                };
        return word + " " + text.path("reply").asText() + " " + (missing == text ? "" : missing);
    }
}
