/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.contract;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.List;
import java.util.Map;

/** Requests as the agent makes them; see "What a provider receives" in the README of this module. */
final class ContractRequests {

    static final String TOOL = "library_lend";
    static final String GOAL = "lend the book Dune to alice.eth";
    static final String ARGUMENTS = "{\"title\":\"Dune\",\"reader\":\"alice.eth\"}";

    private static final String SYSTEM =
            """
            You reach a person's goal by calling tools.

            ```openmcp-context
            {"assets":[{"coin":true,"decimals":18,"id":"eip155:31337/slip44:60","symbol":"ETH"}],\
            "chain":{"id":"eip155:31337","name":"devnet"},"contracts":{},\
            "names":{"alice.eth":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8"},"openmcp.contract":"1"}
            ```""";

    private static final String SCHEMA =
            """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{\
            "title":{"type":"string","description":"title of the book","maxLength":4000},\
            "reader":{"type":"string","description":"who borrows it","format":"address","maxLength":4000}},\
            "required":["title","reader"],"additionalProperties":false}""";

    private ContractRequests() {}

    /** A goal, with one tool that fits its example. */
    static ChatRequest withTool(String goal) {
        return ChatRequest.builder()
                .messages(SystemMessage.from(SYSTEM), UserMessage.from(goal))
                .toolSpecifications(tool())
                .build();
    }

    /** A goal on a host without tools. */
    static ChatRequest withoutTools(String goal) {
        return ChatRequest.builder()
                .messages(SystemMessage.from(SYSTEM), UserMessage.from(goal))
                .build();
    }

    /** The second round: the tool was called and this came back. */
    static ChatRequest after(String result, boolean isError) {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("1.0")
                .name(TOOL)
                .arguments(ARGUMENTS)
                .build();
        return ChatRequest.builder()
                .messages(
                        SystemMessage.from(SYSTEM),
                        UserMessage.from(GOAL),
                        AiMessage.from(call),
                        ToolExecutionResultMessage.builder()
                                .id("1.0")
                                .toolName(TOOL)
                                .text(result)
                                .isError(isError)
                                .build())
                .toolSpecifications(tool())
                .build();
    }

    private static ToolSpecification tool() {
        return ToolSpecification.builder()
                .name(TOOL)
                .description("Lends a book to a reader.")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("title", "title of the book")
                        .addStringProperty("reader", "who borrows it (format address)")
                        .required("title", "reader")
                        .additionalProperties(false)
                        .build())
                .addMetadata("openmcp.schema", SCHEMA)
                .addMetadata("openmcp.examples", List.of(Map.of("goal", GOAL, "arguments", ARGUMENTS)))
                .addMetadata("openmcp.effect", "READ")
                .build();
    }
}
