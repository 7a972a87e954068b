/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.HashSet;
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
    RecordedReply ask(int round, Conversation conversation) {
        for (int attempt = 1; ; attempt++) {
            session.checkActive();
            try {
                return askOnce(round, conversation);
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

    private RecordedReply askOnce(int round, Conversation conversation) {
        ToolOffer offer = tools.offer();
        offer.specifications().forEach(tool -> offered.add(tool.name()));
        ChatRequest request = ChatRequest.builder()
                .messages(conversation.messages())
                .toolSpecifications(offer.specifications())
                .build();
        String requestHash = conversation.requestHash(template, offer.digests());
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
}
