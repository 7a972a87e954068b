/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.core.inference.Inference;
import org.openmcpchain.core.inference.InferenceLease;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.inference.ProviderInfo;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/** Asks a model for the next step of a run: gate, journal, model, journal. */
final class InferenceStep {

    private final RunSession session;
    private final Inference inference;
    private final PolicyGate gate;
    private final ToolRegistry tools;
    private final AgentSettings settings;
    private final String template;
    private final Set<String> offered = new HashSet<>();

    InferenceStep(
            RunSession session,
            Inference inference,
            PolicyGate gate,
            ToolRegistry tools,
            AgentSettings settings,
            String template) {
        this.session = session;
        this.inference = inference;
        this.gate = gate;
        this.tools = tools;
        this.settings = settings;
        this.template = template;
    }

    /** Errors: those of inference, {@code POLICY_DENIED}, {@code POLICY_APPROVAL_NEEDED}. */
    RecordedReply ask(int round, List<ChatMessage> messages) {
        for (int attempt = 1; ; attempt++) {
            session.checkActive();
            try {
                return askOnce(round, messages);
            } catch (HostException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Interruption.of(session);
                }
                boolean again = e.code() instanceof InferenceError && e.code().retryable();
                if (!again || attempt >= settings.inferenceAttempts()) {
                    throw e;
                }
            }
        }
    }

    /** Whether a model was offered this tool in this attempt. */
    boolean offered(String tool) {
        return offered.contains(tool);
    }

    private RecordedReply askOnce(int round, List<ChatMessage> messages) {
        List<ToolSpecification> specifications = tools.specifications();
        specifications.forEach(tool -> offered.add(tool.name()));
        ChatRequest request = ChatRequest.builder()
                .messages(List.copyOf(messages)) // the builder keeps the list, and a call may outlive its round
                .toolSpecifications(specifications)
                .build();
        String requestHash = hash(messages, specifications);
        try (InferenceLease lease = inference.lease(Optional.empty(), settings.providerPatience())) {
            ProviderInfo provider = lease.provider();
            Verdicts.requireAllowed(gate.decide(intent(provider, requestHash)));
            session.record(
                    EntryTypes.INFERENCE_REQUESTED, StepRecords.requested(round, provider, requestHash, template));
            ChatResponse response = lease.chat(request, settings.inferenceDeadline());
            RecordedReply reply = new RecordedReply(
                    round, provider.id(), provider.label(), provider.model(), read(round, provider, response));
            session.record(EntryTypes.INFERENCE_REPLIED, StepRecords.replied(reply, requestHash));
            return reply;
        }
    }

    private Intent intent(ProviderInfo provider, String requestHash) {
        return Intent.builder(GatePoint.INFERENCE, provider.id(), session.run().principal())
                .run(session.run().id(), null)
                .bundle(provider.bundle())
                .argumentsHash(requestHash)
                .build();
    }

    private static ModelReply read(int round, ProviderInfo provider, ChatResponse response) {
        try {
            return ModelReply.of(round, response);
        } catch (RuntimeException e) {
            throw HostException.caused(
                    e,
                    InferenceError.INFERENCE_REPLY_INVALID,
                    "provider",
                    provider.id(),
                    "detail",
                    "the reply cannot be read");
        }
    }

    /** Over everything that the provider receives. */
    private String hash(List<ChatMessage> messages, List<ToolSpecification> specifications) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("promptTemplate", template);
        request.put("messages", messages.stream().map(InferenceStep::describe).toList());
        request.put(
                "tools",
                specifications.stream()
                        .map(tool -> Map.of(
                                "name",
                                tool.name(),
                                "description",
                                tool.description(),
                                "schema",
                                String.valueOf(tool.metadata().get(ToolSpecifications.SCHEMA))))
                        .toList());
        return Digests.sha256(CanonicalJson.of(request));
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
