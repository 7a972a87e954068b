/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunSession;
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

    private final RunSession session;
    private final RunHistory history;
    private final AgentSettings settings;
    private final InferenceStep inference;
    private final ToolStep tools;
    private final ResultDocument document;
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
            String systemMessage) {
        this.session = session;
        this.history = history;
        this.settings = settings;
        this.inference = inference;
        this.tools = tools;
        this.document = document;
        conversation.add(SystemMessage.from(systemMessage));
        conversation.add(UserMessage.from(session.run().goal()));
    }

    RunEnding toItsEnd() {
        try {
            return rounds();
        } catch (HostException e) {
            if (e.code() == RunError.RUN_CANCELLED || e.code() instanceof JournalError) {
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

    private RunEnding rounds() {
        for (int round = 1; round <= settings.maxRounds(); round++) {
            Optional<RecordedReply> recorded = history.reply(round);
            int current = round;
            RecordedReply reply = recorded.orElseGet(() -> inference.ask(current, conversation));
            lastReply = Optional.of(reply);
            if (reply.reply().calls().isEmpty()) {
                return answered(reply);
            }
            Optional<RunEnding> end = act(reply.reply(), recorded.isPresent());
            if (end.isPresent()) {
                return end.get();
            }
        }
        return failed(
                RunError.RUN_ROUNDS_EXHAUSTED,
                RunError.RUN_ROUNDS_EXHAUSTED.summary() + ": " + settings.maxRounds() + " rounds",
                noWords());
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
        boolean denied = outcome instanceof Outcome.Failed<String> failed
                && failed.code().equals(PolicyError.POLICY_DENIED.name());
        return denied
                ? Optional.of(failed(PolicyError.POLICY_DENIED, ((Outcome.Failed<String>) outcome).detail(), noWords()))
                : Optional.empty();
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
        document.answer(words);
        return new RunEnding(
                state,
                words.reply(),
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
