/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Intent;

/** Approvals and their intents as JSON, with the names of the REST API. */
final class ApprovalView {

    private ApprovalView() {}

    static ObjectNode of(Approval approval) {
        ObjectNode view = Json.object()
                .put("id", approval.id())
                .put("state", approval.state().name())
                .put("summary", approval.summary());
        ArrayNode lines = view.putArray("lines");
        approval.lines().forEach(lines::add);
        view.put("intentHash", approval.intentHash())
                .put("reason", approval.reason())
                .put("rule", approval.rule())
                .put("policyVersion", approval.policyVersion())
                .put("required", approval.required());
        ArrayNode votes = view.putArray("votes");
        approval.votes().forEach(vote -> votes.add(Json.of(vote)));
        view.put("createdAt", approval.createdAt().toString())
                .put("expiresAt", approval.expiresAt().toString())
                .put("onExpiry", approval.onExpiry().name());
        approval.closedAt().ifPresent(at -> view.put("closedAt", at.toString()));
        approval.usedAt().ifPresent(at -> view.put("usedAt", at.toString()));
        view.set("intent", of(approval.intent()));
        return view;
    }

    /** What people need in order to decide: plain words, who wants it, and until when. */
    static void tell(Approval approval, Screen screen) {
        screen.note(approval.summary());
        approval.lines().forEach(line -> screen.note("  " + line));
        screen.note("asked by   rule " + approval.rule() + " of policy " + approval.policyVersion() + ": "
                + approval.reason());
        screen.note("wanted by  " + approval.intent().principal()
                + approval.intent().runId().map(run -> ", run " + run).orElse(""));
        screen.note("approvals  "
                + approval.votes().stream().filter(Approval.Vote::approves).count() + " of " + approval.required());
        screen.note("state      " + approval.state() + ", lapses at " + approval.expiresAt() + " with "
                + approval.onExpiry());
    }

    private static ObjectNode of(Intent intent) {
        ObjectNode view = Json.object()
                .put("point", intent.point().name())
                .put("subject", intent.subject())
                .put("principal", intent.principal());
        intent.runId().ifPresent(id -> view.put("runId", id));
        intent.callId().ifPresent(id -> view.put("callId", id));
        intent.session().ifPresent(key -> view.put("session", key));
        intent.bundle().ifPresent(bundle -> view.set("bundle", Json.of(bundle)));
        intent.effect().ifPresent(effect -> view.put("effect", effect.name()));
        intent.argumentsHash().ifPresent(hash -> view.put("argumentsHash", hash));
        intent.arguments().ifPresent(arguments -> view.set("arguments", Json.parse(arguments)));
        intent.transaction().ifPresent(facts -> view.set("transaction", Json.of(facts)));
        intent.signature().ifPresent(facts -> view.set("signature", Json.of(facts)));
        intent.inference().ifPresent(facts -> view.set("inference", Json.of(facts)));
        return view;
    }
}
