/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/**
 * An intent as a map that can be hashed and journaled. {@link IntentReader} is the way back. What is null is left out, so a
 * part that is added later changes no hash of an intent that does not have it.
 */
final class IntentText {

    private IntentText() {}

    /** The SHA-256 of the intent's canonical JSON, lower-case hex. */
    static String hash(Map<String, Object> intent) {
        return Digests.sha256(CanonicalJson.of(intent));
    }

    static Map<String, Object> of(Intent intent) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("point", intent.point());
        map.put("subject", intent.subject());
        map.put("principal", intent.principal());
        map.put("runId", orNull(intent.runId()));
        map.put("callId", orNull(intent.callId()));
        map.put("bundle", intent.bundle().map(IntentText::of).orElse(null));
        map.put("effect", orNull(intent.effect()));
        map.put("argumentsHash", orNull(intent.argumentsHash()));
        map.put("key", orNull(intent.key()));
        map.put("session", orNull(intent.session()));
        map.put("arguments", orNull(intent.arguments()));
        map.put("transaction", intent.transaction().map(IntentText::of).orElse(null));
        map.put("signature", intent.signature().map(IntentText::of).orElse(null));
        map.put("inference", intent.inference().map(IntentText::of).orElse(null));
        return map;
    }

    private static Object orNull(Optional<?> value) {
        return value.orElse(null);
    }

    private static Map<String, Object> of(BundleRef bundle) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("symbolicName", bundle.symbolicName());
        map.put("version", bundle.version());
        map.put("sha256", bundle.sha256());
        return map;
    }

    private static Map<String, Object> of(TransactionFacts facts) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("chain", facts.chain().toString());
        map.put("from", facts.from());
        map.put("to", facts.to());
        map.put("contract", facts.contract());
        map.put("asset", facts.asset());
        map.put("function", facts.function());
        map.put("arguments", facts.arguments());
        map.put("value", facts.value());
        map.put("gasLimit", facts.gasLimit());
        map.put("maxFeePerGas", facts.maxFeePerGas());
        map.put("maxPriorityFeePerGas", facts.maxPriorityFeePerGas());
        map.put("data", facts.data());
        map.put("actions", facts.actions().stream().map(IntentText::of).toList());
        map.put("changes", facts.changes().stream().map(IntentText::of).toList());
        map.put("simulated", facts.simulated());
        return map;
    }

    private static Map<String, Object> of(SignatureFacts facts) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", facts.kind());
        map.put("chain", facts.chain() == null ? null : facts.chain().toString());
        map.put("from", facts.from());
        map.put("digest", facts.digest());
        map.put("document", facts.document());
        map.put("domain", facts.domain());
        map.put("verifyingContract", facts.verifyingContract());
        map.put("primaryType", facts.primaryType());
        map.put("actions", facts.actions().stream().map(IntentText::of).toList());
        return map;
    }

    private static Map<String, Object> of(InferenceFacts facts) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("provider", facts.provider());
        map.put("model", facts.model());
        map.put("round", facts.round());
        map.put("inputTokens", facts.inputTokens());
        map.put("outputTokens", facts.outputTokens());
        return map;
    }

    static Map<String, Object> of(Action action) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", action.kind());
        map.put("path", action.path());
        map.put("standard", action.standard());
        map.put("contract", action.contract());
        map.put("name", action.name());
        map.put("function", action.function());
        map.put("from", action.from());
        map.put("to", action.to());
        map.put("asset", action.asset());
        map.put("symbol", action.symbol());
        map.put("amount", action.amount());
        map.put("decimals", action.decimals());
        map.put("tokenId", action.tokenId());
        map.put("expires", action.expires());
        map.put("flags", List.copyOf(action.flags()));
        map.put("text", action.text());
        return map;
    }

    static Map<String, Object> of(BalanceChange change) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("account", change.account());
        map.put("asset", change.asset());
        map.put("symbol", change.symbol());
        map.put("decimals", change.decimals());
        map.put("tokenId", change.tokenId());
        map.put("amount", change.amount());
        return map;
    }
}
