/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.proof.CanonicalJson;

/** Approvals as documents and as journal entries. */
final class ApprovalText {

    static final String COLLECTION = "approval";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApprovalText() {}

    static StoredDocument document(ApprovalCase stored, Instant at) {
        Map<String, Object> body = requested(stored);
        body.put("state", stored.state());
        body.put(
                "votes",
                stored.approval().votes().stream().map(ApprovalText::vote).toList());
        body.put("createdAt", stored.approval().createdAt().toString());
        body.put("closedAt", stored.approval().closedAt().map(Instant::toString).orElse(null));
        body.put("usedAt", stored.approval().usedAt().map(Instant::toString).orElse(null));
        body.put("closing", stored.closing());
        return new StoredDocument(COLLECTION, stored.id(), CanonicalJson.of(body), at);
    }

    static ApprovalCase read(StoredDocument document) {
        try {
            return read(JSON.readTree(document.body()));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw HostException.caused(e, JournalError.JOURNAL_BROKEN, "detail", "an approval cannot be read");
        }
    }

    private static ApprovalCase read(JsonNode body) {
        JsonNode terms = body.path("terms");
        Decision onExpiry = Decision.valueOf(body.path("onExpiry").asText());
        Instant createdAt = Instant.parse(body.path("createdAt").asText());
        Instant expiresAt = Instant.parse(body.path("expiresAt").asText());
        Approval approval = new Approval(
                body.path("approval").asText(),
                Approval.State.valueOf(body.path("state").asText()),
                IntentReader.read(body.path("intent"), null),
                body.path("intentHash").asText(),
                body.path("policyVersion").asText(),
                body.path("rule").asText(),
                body.path("reason").asText(),
                body.path("summary").asText(),
                texts(body.path("lines")),
                body.path("required").asInt(),
                votes(body.path("votes")),
                createdAt,
                expiresAt,
                onExpiry,
                instant(body.path("closedAt")),
                instant(body.path("usedAt")));
        return new ApprovalCase(
                approval,
                body.path("key").asText(),
                new ApprovalTerms(
                        texts(terms.path("approvers")),
                        approval.required(),
                        Duration.between(createdAt, expiresAt),
                        onExpiry,
                        terms.path("otherThanRequester").asBoolean()),
                body.path("closing").asText(""));
    }

    /** The entry that says that people are asked: all that they are shown. */
    static EntryDraft requested(ApprovalCase asked, String stream) {
        return new EntryDraft(stream, EntryTypes.APPROVAL_REQUESTED, requested(asked));
    }

    private static Map<String, Object> requested(ApprovalCase asked) {
        Approval approval = asked.approval();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("approval", approval.id());
        body.put("key", asked.key());
        body.put("intent", IntentText.of(approval.intent()));
        body.put("intentHash", approval.intentHash());
        body.put("policyVersion", approval.policyVersion());
        body.put("rule", approval.rule());
        body.put("reason", approval.reason());
        body.put("summary", approval.summary());
        body.put("lines", approval.lines());
        body.put("required", approval.required());
        body.put(
                "terms",
                Map.of(
                        "approvers", asked.terms().approvers(),
                        "otherThanRequester", asked.terms().otherThanRequester()));
        body.put("expiresAt", approval.expiresAt().toString());
        body.put("onExpiry", approval.onExpiry());
        return body;
    }

    /** The entry for the last vote. */
    static EntryDraft voted(ApprovalCase after, String stream) {
        Approval.Vote vote =
                after.approval().votes().get(after.approval().votes().size() - 1);
        Map<String, Object> body = vote(vote);
        body.put("approval", after.id());
        body.put("intentHash", after.approval().intentHash());
        body.put("state", after.state());
        return new EntryDraft(stream, EntryTypes.APPROVAL_VOTED, body);
    }

    /** The entry for a question that nobody can answer any more, or whose answer was used. */
    static EntryDraft closed(ApprovalCase after, String stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("approval", after.id());
        body.put("state", after.state());
        body.put("reason", after.closing());
        return new EntryDraft(stream, EntryTypes.APPROVAL_CLOSED, body);
    }

    private static Map<String, Object> vote(Approval.Vote vote) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("principal", vote.principal());
        map.put("approves", vote.approves());
        map.put("comment", vote.comment());
        map.put("at", vote.at().toString());
        return map;
    }

    private static List<Approval.Vote> votes(JsonNode list) {
        List<Approval.Vote> votes = new ArrayList<>();
        list.forEach(vote -> votes.add(new Approval.Vote(
                vote.path("principal").asText(),
                vote.path("approves").asBoolean(),
                vote.path("comment").asText(),
                Instant.parse(vote.path("at").asText()))));
        return votes;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Optional<Instant> instant(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(Instant.parse(node.asText()));
    }
}
