/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmcpchain.inference.ProviderInfo;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.tool.ToolDescriptor;

/** The bodies of the journal entries that the agent writes; {@link RunHistory} reads them. */
final class StepRecords {

    private StepRecords() {}

    /** @param steered the last signal that the round has heard, or 0 */
    static Map<String, Object> requested(
            int round, ProviderInfo provider, String requestHash, String template, long steered) {
        Map<String, Object> body = phase("PLAN");
        body.put("round", round);
        body.put("provider", provider.id());
        body.put("label", provider.label());
        body.put("model", provider.model());
        body.put("bundle", bundle(provider.bundle()));
        body.put("requestHash", requestHash);
        body.put("promptTemplate", template);
        body.put("steered", steered == 0 ? null : steered);
        return body;
    }

    static Map<String, Object> replied(RecordedReply recorded, String requestHash) {
        ModelReply reply = recorded.reply();
        ReplyText words = ReplyText.of(reply.text(), reply.thinking());
        Map<String, Object> body = phase("PLAN");
        body.put("round", recorded.round());
        body.put("provider", recorded.provider());
        body.put("label", recorded.label());
        body.put("model", recorded.model());
        body.put("requestHash", requestHash);
        body.put("responseHash", reply.responseHash());
        body.put("thought", words.thought().orElse(null));
        body.put("reply", reply.calls().isEmpty() ? words.reply().orElse(null) : null);
        body.put("text", reply.text());
        body.put("thinking", reply.thinking());
        body.put("toolCalls", reply.calls().stream().map(StepRecords::call).toList());
        body.put("toolCallsDropped", reply.dropped());
        Map<String, Object> tokens = new LinkedHashMap<>();
        tokens.put("input", reply.inputTokens());
        tokens.put("output", reply.outputTokens());
        body.put("tokens", tokens);
        return body;
    }

    static Map<String, Object> selected(
            String callId, ToolDescriptor tool, String schemaHash, CheckedArguments arguments) {
        Map<String, Object> body = phase("SELECT_TOOL");
        body.put("callId", callId);
        body.put("tool", tool.name());
        body.put("effect", tool.effect());
        body.put("bundle", bundle(tool.bundle()));
        body.put("arguments", arguments.canonical());
        body.put("argumentsHash", arguments.sha256());
        body.put("schemaHash", schemaHash);
        return body;
    }

    static Map<String, Object> returned(ToolResult result) {
        Map<String, Object> body = phase("EXECUTE");
        body.put("callId", result.callId());
        body.put("tool", result.tool());
        body.put("outcome", result.outcome().word());
        Outcome<String> outcome = result.outcome();
        if (outcome instanceof Outcome.Ok<String> ok) {
            body.put("result", ok.value());
            body.put("resultHash", Digests.sha256(ok.value()));
        } else if (outcome instanceof Outcome.Failed<String> failed) {
            body.put("code", failed.code());
            body.put("detail", failed.detail());
            body.put("retryable", failed.retryable());
            body.put("parameters", failed.parameters());
        } else if (outcome instanceof Outcome.Unknown<String> unknown) {
            body.put("reference", unknown.reference());
            body.put("detail", unknown.detail());
        } else if (outcome instanceof Outcome.Denied<String> denied) {
            body.put("verdict", verdict(denied.verdict()));
        } else if (outcome instanceof Outcome.NeedsApproval<String> held) {
            body.put("verdict", verdict(held.verdict()));
        }
        return body;
    }

    static Map<String, Object> bundle(BundleRef ref) {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("symbolicName", ref.symbolicName());
        bundle.put("version", ref.version());
        bundle.put("sha256", ref.sha256());
        return bundle;
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("decision", verdict.decision());
        body.put("rule", verdict.ruleId());
        body.put("policyVersion", verdict.policyVersion());
        body.put("reason", verdict.reason());
        body.put("intentHash", verdict.intentHash());
        body.put("approval", verdict.approval());
        return body;
    }

    private static Map<String, Object> call(PlannedCall call) {
        return Map.of("id", call.id(), "name", call.name(), "arguments", call.arguments());
    }

    private static Map<String, Object> phase(String name) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("phase", name);
        return body;
    }
}
