/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmcpchain.chain.TransactionRecord;

/** What the journal says of a transaction. */
final class TransactionBodies {

    private TransactionBodies() {}

    /** Everything, the signed bytes among it. */
    static Map<String, Object> signed(TransactionRecord record) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("idempotencyKey", record.idempotencyKey());
        body.put("hash", record.hash());
        body.put("runId", record.runId());
        body.put("callId", record.callId());
        body.put("label", record.label());
        body.put("description", record.description());
        body.put("chain", record.chain().toString());
        body.put("from", record.from());
        body.put("to", record.to());
        body.put("nonce", record.nonce());
        body.put("value", record.value());
        body.put("rawTransaction", record.rawTransaction());
        body.put("state", record.state());
        body.put("detail", record.detail());
        return body;
    }

    /** What changed. */
    static Map<String, Object> advanced(TransactionRecord record) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("idempotencyKey", record.idempotencyKey());
        body.put("hash", record.hash());
        body.put("runId", record.runId());
        body.put("callId", record.callId());
        body.put("label", record.label());
        body.put("state", record.state());
        body.put("blockNumber", record.blockNumber());
        body.put("blockHash", record.blockHash());
        body.put("gasUsed", record.gasUsed());
        body.put("effectiveGasPrice", record.effectiveGasPrice());
        body.put("detail", record.detail());
        return body;
    }
}
