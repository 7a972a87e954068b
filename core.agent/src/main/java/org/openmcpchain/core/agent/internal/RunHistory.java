/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.Outcome;

/** What an earlier attempt at a run has done, read from its journal. The counterpart of {@link StepRecords}. */
final class RunHistory {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Integer, RecordedReply> replies = new HashMap<>();
    private final Map<String, ToolResult> results = new HashMap<>();
    private final Set<String> selected = new HashSet<>();
    private final Map<Integer, Long> steered = new HashMap<>();
    private final Set<Integer> unanswered = new HashSet<>();
    private Briefing briefing;
    private boolean begun;

    static RunHistory of(List<JournalEntry> entries) {
        RunHistory history = new RunHistory();
        entries.forEach(history::read);
        return history;
    }

    /** Whether an earlier attempt had begun to work. */
    boolean begun() {
        return begun;
    }

    Optional<RecordedReply> reply(int round) {
        return Optional.ofNullable(replies.get(round));
    }

    /** The last signal that a round had heard when its model was asked, or 0. */
    long steered(int round) {
        return steered.getOrDefault(round, 0L);
    }

    /** Whether a model was asked in this round, and nothing says what became of it. */
    boolean unanswered(int round) {
        return unanswered.contains(round);
    }

    /** What the run was told beside its goal, if that was prepared before. */
    Optional<Briefing> briefing() {
        return Optional.ofNullable(briefing);
    }

    /** Whether the call passed its checks and may have been begun. */
    boolean selected(String callId) {
        return selected.contains(callId);
    }

    Optional<ToolResult> returned(String callId) {
        return Optional.ofNullable(results.get(callId));
    }

    private void read(JournalEntry entry) {
        switch (entry.type()) {
            case EntryTypes.INFERENCE_REQUESTED -> {
                begun = true;
                JsonNode body = body(entry);
                steered.put(body.path("round").asInt(), body.path("steered").asLong());
                unanswered.add(body.path("round").asInt());
            }
            case EntryTypes.GATE_VERDICT -> {
                if (body(entry).path("point").asText().equals(GatePoint.INFERENCE.name())) {
                    unanswered.clear(); // before that, the ledgers were told of every question
                }
            }
            case EntryTypes.CONTEXT_PREPARED -> briefing = Briefing.of(body(entry));
            case EntryTypes.INFERENCE_REPLIED -> {
                RecordedReply reply = reply(body(entry));
                replies.put(reply.round(), reply);
                unanswered.remove(reply.round());
            }
            case EntryTypes.TOOL_SELECTED -> selected.add(
                    body(entry).path("callId").asText());
            case EntryTypes.TOOL_RETURNED -> {
                ToolResult result = result(body(entry));
                results.put(result.callId(), result);
            }
            default -> {
                // other entries of the stream belong to others
            }
        }
    }

    private static RecordedReply reply(JsonNode body) {
        List<PlannedCall> calls = new ArrayList<>();
        body.path("toolCalls")
                .forEach(call -> calls.add(new PlannedCall(
                        call.path("id").asText(),
                        call.path("name").asText(),
                        call.path("arguments").asText())));
        ModelReply reply = new ModelReply(
                text(body, "text"),
                text(body, "thinking"),
                calls,
                body.path("toolCallsDropped").asInt(),
                body.path("responseHash").asText(),
                number(body.path("tokens"), "input"),
                number(body.path("tokens"), "output"));
        return new RecordedReply(
                body.path("round").asInt(),
                body.path("provider").asText(),
                body.path("label").asText(),
                body.path("model").asText(),
                reply);
    }

    private static ToolResult result(JsonNode body) {
        return new ToolResult(body.path("callId").asText(), body.path("tool").asText(), outcome(body));
    }

    private static Outcome<String> outcome(JsonNode body) {
        return switch (body.path("outcome").asText()) {
            case "OK" -> new Outcome.Ok<>(body.path("result").asText());
            case "DENIED" -> new Outcome.Denied<>(verdict(body.path("verdict")));
            case "NEEDS_APPROVAL" -> new Outcome.NeedsApproval<>(verdict(body.path("verdict")));
            case "UNKNOWN" -> new Outcome.Unknown<>(text(body, "reference"), text(body, "detail"));
            default -> {
                Map<String, String> parameters = new LinkedHashMap<>();
                body.path("parameters")
                        .properties()
                        .forEach(each ->
                                parameters.put(each.getKey(), each.getValue().asText()));
                yield new Outcome.Failed<>(
                        text(body, "code"), body.path("retryable").asBoolean(), text(body, "detail"), parameters);
            }
        };
    }

    private static Verdict verdict(JsonNode body) {
        return new Verdict(
                Decision.valueOf(body.path("decision").asText(Decision.DENY.name())),
                text(body, "rule"),
                text(body, "policyVersion"),
                text(body, "reason"),
                text(body, "intentHash"),
                text(body, "approval"));
    }

    private static String text(JsonNode body, String field) {
        return body.path(field).asText(null);
    }

    private static Integer number(JsonNode body, String field) {
        return body.has(field) ? Integer.valueOf(body.path(field).asText()) : null;
    }

    /** The body of an entry as JSON. */
    static JsonNode body(JournalEntry entry) {
        try {
            return JSON.readTree(entry.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("entry " + entry.seq() + " of " + entry.stream() + " is not JSON", e);
        }
    }
}
