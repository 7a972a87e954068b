/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.openmcpchain.core.inference.Inference;
import org.openmcpchain.core.inference.InferenceLease;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.inference.ProviderInfo;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Spent;

/** Asks a model for the next step of a run: gate, journal, model, journal. */
final class InferenceStep {

    /** After these no model was asked; after all others the answer may have been paid for although it did not arrive. */
    private static final Set<InferenceError> UNPAID = EnumSet.of(
            InferenceError.INFERENCE_NONE,
            InferenceError.INFERENCE_UNKNOWN,
            InferenceError.INFERENCE_FAILED,
            InferenceError.INFERENCE_CONFIGURATION);

    /** Without counted tokens the ledgers take everything that was reserved as spent. */
    private static final Spent ALL_THAT_WAS_RESERVED = Spent.tokens(0, 0);

    private final RunSession session;
    private final Inference inference;
    private final PolicyGate gate;
    private final Bookkeeping books;
    private final ToolRegistry tools;
    private final AgentSettings settings;
    private final String template;
    private final Set<String> offered = new HashSet<>();

    InferenceStep(
            RunSession session,
            Inference inference,
            PolicyGate gate,
            Bookkeeping books,
            ToolRegistry tools,
            AgentSettings settings,
            String template) {
        this.session = session;
        this.inference = inference;
        this.gate = gate;
        this.books = books;
        this.tools = tools;
        this.settings = settings;
        this.template = template;
    }

    /** Errors: those of inference, {@code POLICY_DENIED}, {@code APPROVAL_REJECTED}, {@code POLICY_APPROVAL_NEEDED}. */
    RecordedReply ask(Question question) {
        for (int attempt = 1; ; attempt++) {
            session.checkActive();
            try {
                return askOnce(question);
            } catch (HostException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Interruption.of(session);
                }
                if (!(e.code() instanceof InferenceError unanswered)) {
                    throw e;
                }
                account(question.round(), unanswered);
                if (!unanswered.retryable() || attempt >= settings.inferenceAttempts()) {
                    throw e;
                }
            }
        }
    }

    /** Whether a model was offered this tool in this attempt. */
    boolean offered(String tool) {
        return offered.contains(tool);
    }

    /** A reply of an earlier attempt: the host may have been killed before the ledgers knew of it. */
    RecordedReply recorded(RecordedReply recorded) {
        ModelReply reply = recorded.reply();
        boolean counted = reply.inputTokens() != null && reply.outputTokens() != null;
        books.settle(
                key(recorded.round()),
                counted ? Spent.tokens(reply.inputTokens(), reply.outputTokens()) : ALL_THAT_WAS_RESERVED);
        return recorded;
    }

    /** A question of an earlier attempt whose answer was lost with it: whoever asks again pays again. */
    void lost(int round) {
        books.settle(key(round), ALL_THAT_WAS_RESERVED);
    }

    /** Before the same key is asked for again: the next verdict replaces what is still open under it. */
    private void account(int round, InferenceError unanswered) {
        if (UNPAID.contains(unanswered)) {
            books.release(key(round), unanswered.name());
        } else {
            books.settle(key(round), ALL_THAT_WAS_RESERVED);
        }
    }

    private RecordedReply askOnce(Question question) {
        int round = question.round();
        ToolOffer offer = tools.offer();
        offer.specifications().forEach(tool -> offered.add(tool.name()));
        ChatRequest request = ChatRequest.builder()
                .messages(question.conversation().messages())
                .toolSpecifications(offer.specifications())
                .build();
        String requestHash = question.conversation().requestHash(template, offer.digests());
        try (InferenceLease lease = inference.lease(question.provider(), settings.providerPatience())) {
            ProviderInfo provider = lease.provider();
            InferenceFacts facts = facts(question, offer, lease);
            Verdicts.requireAllowed(gate.decide(intent(provider, requestHash, facts)));
            session.record(
                    EntryTypes.INFERENCE_REQUESTED,
                    StepRecords.requested(round, provider, requestHash, template, question.steered()));
            ChatResponse response = lease.chat(request, settings.inferenceDeadline());
            RecordedReply reply = new RecordedReply(
                    round, provider.id(), provider.label(), provider.model(), read(round, provider, response));
            session.record(EntryTypes.INFERENCE_REPLIED, StepRecords.replied(reply, requestHash));
            books.settle(key(round), spent(reply.reply(), facts));
            return reply;
        }
    }

    /** No tokenizer makes more tokens of a text than it has bytes. */
    private InferenceFacts facts(Question question, ToolOffer offer, InferenceLease lease) {
        ProviderInfo provider = lease.provider();
        return new InferenceFacts(
                provider.id(),
                provider.model(),
                question.round(),
                question.conversation().bytes() + offer.bytes(),
                lease.maxOutputTokens().orElse(settings.outputTokens()));
    }

    /** A provider that does not say what it used is taken to have used all that was reserved. */
    private static Spent spent(ModelReply reply, InferenceFacts facts) {
        return Spent.tokens(
                reply.inputTokens() == null ? facts.inputTokens() : reply.inputTokens(),
                reply.outputTokens() == null ? facts.outputTokens() : reply.outputTokens());
    }

    private String key(int round) {
        return session.run().id() + "/round/" + round;
    }

    private Intent intent(ProviderInfo provider, String requestHash, InferenceFacts facts) {
        return Intent.builder(GatePoint.INFERENCE, provider.id(), session.run().principal())
                .run(session.run().id(), null)
                .bundle(provider.bundle())
                .argumentsHash(requestHash)
                .key(key(facts.round()))
                .session(session.run().session().orElse(null))
                .inference(facts)
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
