/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

/**
 * A chat model that is no model: it answers from the request alone, by rules, and always the same. Thread-safe. It keeps
 * what it read of the last set of tools, since the next request most likely brings the same.
 */
final class PlannerModel implements ChatModel {

    static final String NAME = "deterministic-planner-1";

    private static final int MAX_DEPTH = 64;

    private final Lexicon lexicon;
    private final ObjectMapper json;
    private final Planner planner;
    private volatile Known known = new Known(List.of(), null);

    PlannerModel(Lexicon lexicon) {
        this.lexicon = lexicon;
        this.json = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .build())
                        .build())
                .build();
        this.planner = new Planner(lexicon);
    }

    private record Known(List<ToolSpecification> specifications, Catalogue catalogue) {}

    @Override
    public ChatResponse doChat(ChatRequest request) {
        Catalogue catalogue = catalogue(request.toolSpecifications());
        Conversation conversation = Conversation.of(request, json);
        Plan plan = next(conversation, catalogue);
        AiMessage message = message(plan, conversation.results().size());
        return ChatResponse.builder()
                .aiMessage(message)
                .modelName(NAME)
                .tokenUsage(new TokenUsage(0, 0))
                .finishReason(message.hasToolExecutionRequests() ? FinishReason.TOOL_EXECUTION : FinishReason.STOP)
                .build();
    }

    /** The next step: the plan is made anew each time, and what was done already is skipped. */
    private Plan next(Conversation conversation, Catalogue catalogue) {
        List<Conversation.Result> done = conversation.results();
        Narrator narrator = new Narrator(catalogue);
        if (!done.isEmpty() && done.get(done.size() - 1).failed()) {
            return narrator.failure(done);
        }
        Plan plan = planner.plan(conversation.goal(), conversation.vocabulary(), conversation.network(), catalogue);
        if (done.isEmpty()) {
            return plan;
        }
        if (plan instanceof Plan.Calls calls) {
            return done.size() < calls.steps().size() && follows(calls, done)
                    ? calls
                    : narrator.answer(done, calls.remark());
        }
        return narrator.answer(done, "");
    }

    /** Whether the calls that were made are the first ones of this plan. */
    private static boolean follows(Plan.Calls calls, List<Conversation.Result> done) {
        for (int i = 0; i < done.size(); i++) {
            if (!calls.steps().get(i).card().name().equals(done.get(i).tool())) {
                return false;
            }
        }
        return true;
    }

    private AiMessage message(Plan plan, int done) {
        if (plan instanceof Plan.Calls calls) {
            Plan.Step step = calls.steps().get(done);
            ToolExecutionRequest call = ToolExecutionRequest.builder()
                    .id((done + 1) + ".0")
                    .name(step.card().name())
                    .arguments(step.arguments())
                    .build();
            return AiMessage.from(step.thought(), List.of(call));
        }
        ObjectNode reply = json.createObjectNode();
        if (plan instanceof Plan.Ask ask) {
            reply.put("thought", ask.thought()).put("reply", ask.question()).put("status", "needs_input");
            ask.missing().forEach(reply.putArray("missing")::add);
        } else if (plan instanceof Plan.NoTool none) {
            reply.put("thought", none.thought()).put("reply", none.reply()).put("status", "no_tool");
        } else if (plan instanceof Plan.Say say) {
            reply.put("thought", say.thought()).put("reply", say.reply()).put("status", "answered");
        }
        return AiMessage.from(reply.toString());
    }

    private Catalogue catalogue(List<ToolSpecification> specifications) {
        List<ToolSpecification> installed = specifications == null ? List.of() : specifications;
        Known last = known;
        if (last.catalogue() != null && last.specifications().equals(installed)) {
            return last.catalogue();
        }
        CardReader reader = new CardReader(lexicon, json);
        Catalogue catalogue =
                new Catalogue(lexicon, installed.stream().map(reader::read).toList());
        known = new Known(List.copyOf(installed), catalogue);
        return catalogue;
    }
}
