/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.TransactionFacts;

/** An intent as a map that can be hashed and journaled. */
final class IntentText {

    private IntentText() {}

    static Map<String, Object> of(Intent intent) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("point", intent.point());
        map.put("subject", intent.subject());
        map.put("principal", intent.principal());
        map.put("runId", intent.runId().orElse(null));
        map.put("callId", intent.callId().orElse(null));
        map.put("bundle", intent.bundle().map(IntentText::of).orElse(null));
        map.put("effect", intent.effect().orElse(null));
        map.put("argumentsHash", intent.argumentsHash().orElse(null));
        map.put("transaction", intent.transaction().map(IntentText::of).orElse(null));
        return map;
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
        return map;
    }
}
