/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunHeldException;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.error.Category;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.RunState;

/**
 * One attempt at a run: plan, act, observe, until there is an answer. Each step is taken from the journal when an earlier
 * attempt has finished it, and done otherwise; so the path of a run is the same however often the host was stopped.
 */
final class AgentRun {

    private static final int MAX_DETAIL = 2_000;

    /** What a tool may report of a refusal in its own words; no model gets to talk about it. */
    private static final Set<PolicyError> REFUSALS =
            EnumSet.of(PolicyError.POLICY_DENIED, PolicyError.APPROVAL_REJECTED);

    private final RunSession session;
    private final RunHistory history;
    private final AgentSettings settings;
    private final InferenceStep inference;
    private final ToolStep tools;
    private final ResultDocument document;
    private final Steering steering;
    private final Conversation conversation = new Conversation();
    private final List<ToolResult> results = new ArrayList<>();
    private Optional<RecordedReply> lastReply = Optional.empty();

    AgentRun(
            RunSession session,
            RunHistory history,
            AgentSettings settings,
            InferenceStep inference,
            ToolStep tools,
            ResultDocument document,
            String systemMessage,
            List<ChatMessage> turns) {
        this.session = session;
        this.history = history;
        this.settings = settings;
        this.inference = inference;
        this.tools = tools;
        this.document = document;
        this.steering = new Steering(session);
        conversation.add(SystemMessage.from(systemMessage));
        turns.forEach(conversation::add);
        conversation.add(UserMessage.from(session.run().goal()));
    }

    /**
     * Works until the run has ended. Errors: {@code RUN_CANCELLED}, {@code JOURNAL_UNAVAILABLE}, and while the run may be
     * tried again those of something outside that may pass.
     *
     * @throws RunHeldException when people are asked
     */
    RunEnding toItsEnd() {
        try {
            return rounds();
        } catch (HostException e) {
            if (e.code() == RunError.RUN_CANCELLED || e.code() instanceof JournalError || mayPass(e.code())) {
                throw e;
            }
            return failed(e.code(), e.plainText(), noWords());
        }
    }

    /** Every tool call that has ended, in order. */
    List<ToolResult> results() {
        return List.copyOf(results);
    }

    /** The model's last reply. */
    Optional<RecordedReply> lastReply() {
        return lastReply;
    }

    /** Everything that was journaled stays valid, so nothing is done twice by another try. */
    private boolean mayPass(ErrorCode code) {
        return code.retryable() && code.category() == Category.EXTERNAL && session.retriesLeft() > 0;
    }

    private RunEnding rounds() {
        for (int round = 1; ; round++) {
            Optional<RecordedReply> recorded = history.reply(round);
            if (history.unanswered(round)) {
                inference.lost(round);
            }
            long steered = listen(round, recorded.isPresent());
            if (recorded.isEmpty() && round > maxRounds()) {
                return failed(
                        RunError.RUN_ROUNDS_EXHAUSTED,
                        RunError.RUN_ROUNDS_EXHAUSTED.summary() + ": " + maxRounds() + " rounds",
                        noWords());
            }
            Question question = new Question(round, conversation, steering.provider(), steered);
            RecordedReply reply = recorded.map(inference::recorded).orElseGet(() -> inference.ask(question));
            lastReply = Optional.of(reply);
            Optional<RunEnding> end =
                    reply.reply().calls().isEmpty() ? conclude(reply) : act(reply.reply(), recorded.isPresent());
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /** A recorded round hears what it heard then; a new one hears everything. */
    private long listen(int round, boolean recorded) {
        if (!recorded) {
            steering.listen();
        }
        long steered = recorded ? history.steered(round) : steering.last();
        steering.hear(steered).forEach(conversation::add);
        return steered;
    }

    private int maxRounds() {
        return steering.maxRounds().orElse(settings.maxRounds());
    }

    /** Empty: somebody has said more in the meantime, and there is a round left for it. */
    private Optional<RunEnding> conclude(RecordedReply reply) {
        steering.listen();
        boolean further = history.reply(reply.round() + 1).isPresent() || reply.round() < maxRounds();
        if (!steering.hasWords() || !further) {
            return Optional.of(answered(reply));
        }
        if (reply.reply().text() != null && !reply.reply().text().isBlank()) {
            conversation.add(reply.reply().message());
        }
        return Optional.empty();
    }

    private Optional<RunEnding> act(ModelReply reply, boolean resumed) {
        conversation.add(reply.message());
        if (reply.dropped() > 0) {
            document.observe("The model asked for " + reply.dropped() + " more tool calls, which were not read");
        }
        for (int index = 0; index < reply.calls().size(); index++) {
            PlannedCall call = reply.calls().get(index);
            ToolResult result = result(call, index, resumed);
            results.add(result);
            Optional<RunEnding> end = end(result.outcome());
            if (end.isPresent()) {
                return end;
            }
            conversation.add(result.message());
        }
        return Optional.empty();
    }

    private ToolResult result(PlannedCall call, int index, boolean resumed) {
        return history.returned(call.id()).orElseGet(() -> {
            boolean selected = history.selected(call.id());
            return tools.perform(call, index, selected, inference.offered(call.name()), resumed);
        });
    }

    /** What no model may talk its way around ends the run. */
    private Optional<RunEnding> end(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Denied<String> denied) {
            return Optional.of(refused(Verdicts.refusal(denied.verdict())));
        }
        if (outcome instanceof Outcome.NeedsApproval<String> held) {
            return Optional.of(refused(Verdicts.refusal(held.verdict())));
        }
        if (outcome instanceof Outcome.Unknown<String> unknown) {
            return Optional.of(failed(
                    ChainError.CHAIN_OUTCOME_UNKNOWN,
                    "The run had no time left before the outcome of " + unknown.reference()
                            + " was known. It may still happen; nothing was sent twice (" + unknown.detail() + ")",
                    noWords()));
        }
        if (outcome instanceof Outcome.Failed<String> failed) {
            return REFUSALS.stream()
                    .filter(code -> code.name().equals(failed.code()))
                    .findFirst()
                    .map(code -> failed(code, failed.detail(), noWords()));
        }
        return Optional.empty();
    }

    private RunEnding refused(HostException refusal) {
        return failed(refusal.code(), refusal.plainText(), noWords());
    }

    private RunEnding answered(RecordedReply reply) {
        ReplyText words = ReplyText.of(reply.reply().text(), reply.reply().thinking());
        if (words.reply().isEmpty()) {
            return failed(
                    InferenceError.INFERENCE_REPLY_INVALID,
                    InferenceError.INFERENCE_REPLY_INVALID.summary() + ": the model answered with nothing",
                    words);
        }
        if (words.status() == ReplyText.Status.NEEDS_INPUT) {
            return failed(RunError.RUN_NEEDS_INPUT, words.reply().get(), words);
        }
        if (words.status() == ReplyText.Status.NO_TOOL) {
            return failed(RunError.RUN_NO_TOOL, words.reply().get(), words);
        }
        return lastFailure()
                .map(failure -> ending(RunState.FAILED, words, failure.code(), failure.detail()))
                .orElseGet(() -> ending(RunState.SUCCEEDED, words, null, null));
    }

    /** A run that stopped at a failed call did not reach its goal, however kindly the model puts it. */
    private Optional<Outcome.Failed<String>> lastFailure() {
        if (results.isEmpty() || !(results.get(results.size() - 1).outcome() instanceof Outcome.Failed<String> last)) {
            return Optional.empty();
        }
        return Optional.of(last);
    }

    private RunEnding failed(ErrorCode code, String detail, ReplyText words) {
        return ending(RunState.FAILED, words, code.name(), detail);
    }

    private RunEnding ending(RunState state, ReplyText words, String code, String detail) {
        document.outcome(state == RunState.SUCCEEDED ? "OK" : outcomeWord());
        Optional<String> reply = words.reply();
        if (state == RunState.FAILED && Findings.any(results)) {
            document.degraded();
            reply = reply.or(() -> Findings.words(Texts.bounded(detail, MAX_DETAIL), results));
        }
        document.answer(new ReplyText(reply, words.thought(), words.status(), words.missing()));
        return new RunEnding(
                state,
                reply,
                words.thought(),
                Optional.empty(),
                Optional.ofNullable(code),
                Optional.ofNullable(Texts.bounded(detail, MAX_DETAIL)),
                lastReply.map(RecordedReply::provider));
    }

    private String outcomeWord() {
        String last = results.isEmpty()
                ? "FAILED"
                : results.get(results.size() - 1).outcome().word();
        return last.equals("OK") ? "FAILED" : last;
    }

    private static ReplyText noWords() {
        return new ReplyText(Optional.empty(), Optional.empty(), ReplyText.Status.ANSWERED, List.of());
    }
}
