/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.tool.Effect;

/** An intent from the text that {@link IntentText} made: {@code IntentText.of(IntentReader.read(json))} is the same map. */
final class IntentReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private IntentReader() {}

    /** Error: {@code JOURNAL_BROKEN} for a text that {@link IntentText} did not make. */
    static Intent read(String json) {
        try {
            return read(JSON.readTree(json), null);
        } catch (JsonProcessingException e) {
            throw HostException.caused(e, JournalError.JOURNAL_BROKEN, "detail", "an intent cannot be read");
        }
    }

    /**
     * Error: {@code JOURNAL_BROKEN}.
     *
     * @param runId the run when the text does not name it, as in a verdict's entry; or null
     */
    static Intent read(JsonNode json, String runId) {
        try {
            Intent.Builder intent = Intent.builder(
                    GatePoint.valueOf(text(json, "point")), text(json, "subject"), text(json, "principal"));
            String run = json.has("runId") ? text(json, "runId") : runId;
            return intent.run(run, text(json, "callId"))
                    .bundle(part(json, "bundle", IntentReader::bundle))
                    .effect(part(json, "effect", node -> Effect.valueOf(node.asText())))
                    .argumentsHash(text(json, "argumentsHash"))
                    .key(text(json, "key"))
                    .session(text(json, "session"))
                    .arguments(text(json, "arguments"))
                    .transaction(part(json, "transaction", IntentReader::transaction))
                    .signature(part(json, "signature", IntentReader::signature))
                    .inference(part(json, "inference", IntentReader::inference))
                    .build();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw HostException.caused(e, JournalError.JOURNAL_BROKEN, "detail", "an intent cannot be read");
        }
    }

    private static BundleRef bundle(JsonNode json) {
        return new BundleRef(text(json, "symbolicName"), text(json, "version"), text(json, "sha256"));
    }

    private static TransactionFacts transaction(JsonNode json) {
        return new TransactionFacts(
                ChainId.parse(text(json, "chain")),
                text(json, "from"),
                text(json, "to"),
                text(json, "contract"),
                text(json, "asset"),
                text(json, "function"),
                list(json, "arguments", JsonNode::asText),
                whole(json, "value"),
                whole(json, "gasLimit"),
                whole(json, "maxFeePerGas"),
                whole(json, "maxPriorityFeePerGas"),
                text(json, "data"),
                list(json, "actions", IntentReader::action),
                list(json, "changes", IntentReader::change),
                json.path("simulated").asBoolean());
    }

    private static SignatureFacts signature(JsonNode json) {
        return new SignatureFacts(
                SignatureFacts.Kind.valueOf(text(json, "kind")),
                part(json, "chain", node -> ChainId.parse(node.asText())),
                text(json, "from"),
                text(json, "digest"),
                text(json, "document"),
                text(json, "domain"),
                text(json, "verifyingContract"),
                text(json, "primaryType"),
                list(json, "actions", IntentReader::action));
    }

    private static InferenceFacts inference(JsonNode json) {
        return new InferenceFacts(
                text(json, "provider"),
                text(json, "model"),
                whole(json, "round").intValueExact(),
                whole(json, "inputTokens").longValueExact(),
                whole(json, "outputTokens").longValueExact());
    }

    private static Action action(JsonNode json) {
        return new Action(
                ActionKind.valueOf(text(json, "kind")),
                text(json, "path"),
                text(json, "standard"),
                text(json, "contract"),
                text(json, "name"),
                text(json, "function"),
                text(json, "from"),
                text(json, "to"),
                text(json, "asset"),
                text(json, "symbol"),
                whole(json, "amount"),
                part(json, "decimals", node -> Integer.valueOf(node.asText())),
                whole(json, "tokenId"),
                whole(json, "expires"),
                list(json, "flags", node -> Action.Flag.valueOf(node.asText())),
                text(json, "text"));
    }

    private static BalanceChange change(JsonNode json) {
        return new BalanceChange(
                text(json, "account"),
                text(json, "asset"),
                text(json, "symbol"),
                part(json, "decimals", node -> Integer.valueOf(node.asText())),
                whole(json, "tokenId"),
                whole(json, "amount"));
    }

    private static String text(JsonNode json, String name) {
        return part(json, name, JsonNode::asText);
    }

    private static BigInteger whole(JsonNode json, String name) {
        return part(json, name, node -> new BigInteger(node.asText()));
    }

    private static <T> T part(JsonNode json, String name, Function<JsonNode, T> reading) {
        JsonNode node = json.get(name);
        return node == null || node.isNull() ? null : reading.apply(node);
    }

    private static <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> reading) {
        List<T> items = new ArrayList<>();
        json.path(name).forEach(node -> items.add(reading.apply(node)));
        return items;
    }
}
