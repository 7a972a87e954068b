/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.money.Asset;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/**
 * The instructions for the model: a versioned template and the context block of a run. A new wording is a new version,
 * because receipts name it.
 */
final class Prompt {

    static final String CONTRACT = "1";

    private static final String ID = "agent";
    private static final String VERSION = "2";
    private static final int MAX_LISTED = 500;

    private final String template;
    private final String name;

    Prompt() {
        this.template = load("prompt-" + VERSION + ".txt");
        this.name = ID + "/" + VERSION + "-" + Digests.sha256(template).substring(0, 12);
    }

    /** Id, version and the beginning of the template's SHA-256, as journaled. */
    String name() {
        return name;
    }

    /**
     * The system message of a run.
     *
     * @param background sections that stand between the instructions and the context block, or empty
     */
    String text(Optional<NetworkInfo> network, String background) {
        return template.strip() + background + "\n\n```openmcp-context\n" + context(network) + "\n```";
    }

    private static String context(Optional<NetworkInfo> network) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("openmcp.contract", CONTRACT);
        network.ifPresent(info -> {
            context.putObject("chain").put("id", info.id().toString()).put("name", info.name());
            ArrayNode assets = context.putArray("assets");
            info.assets().stream().limit(MAX_LISTED).forEach(asset -> assets.add(asset(asset, info.coin())));
            put(context.putObject("names"), info.names());
            put(context.putObject("contracts"), info.contracts());
        });
        return CanonicalJson.of(context.toString());
    }

    private static ObjectNode asset(Asset asset, Asset coin) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", asset.id().toString())
                .put("symbol", asset.symbol())
                .put("decimals", asset.decimals())
                .put("coin", asset.equals(coin));
    }

    private static void put(ObjectNode node, Map<String, String> entries) {
        entries.entrySet().stream().limit(MAX_LISTED).forEach(entry -> node.put(entry.getKey(), entry.getValue()));
    }

    private static String load(String resource) {
        try (InputStream in = Prompt.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
