/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands on the chain.
 *
 * @param genesis the hash of the chain that it stands on
 * @param contracts address by well-known name
 * @param tokens the ERC-20 tokens
 */
record Deployment(String genesis, Map<String, String> contracts, List<Token> tokens) {

    static final String FACTORY = "uniswap-v2.factory";
    static final String ROUTER = "uniswap-v2.router";
    static final String WETH = "weth";
    static final String COLLECTION = "erc721.default";
    static final String FEED_PREFIX = "chainlink.";

    Deployment {
        contracts = Map.copyOf(contracts);
        tokens = List.copyOf(tokens);
    }

    /** A token contract. */
    record Token(String symbol, int decimals, String address) {}

    /** The price feed of an asset against the US dollar. */
    String feed(String symbol) {
        return contracts.get(feedName(symbol));
    }

    static String feedName(String symbol) {
        return FEED_PREFIX + symbol + "/USD";
    }

    /** As names and values for {@link PropertiesFile}. */
    Map<String, String> toProperties() {
        Map<String, String> values = new TreeMap<>();
        values.put("genesis", genesis);
        contracts.forEach((name, address) -> values.put("contract." + name, address));
        tokens.forEach(token -> values.put("token." + token.symbol(), token.decimals() + ":" + token.address()));
        return values;
    }

    static Deployment fromProperties(Map<String, String> values) {
        Map<String, String> contracts = new LinkedHashMap<>();
        List<Token> tokens = new ArrayList<>();
        values.forEach((key, value) -> {
            if (key.startsWith("contract.")) {
                contracts.put(key.substring("contract.".length()), value);
            } else if (key.startsWith("token.")) {
                String[] parts = value.split(":", 2);
                tokens.add(new Token(key.substring("token.".length()), Integer.parseInt(parts[0]), parts[1]));
            }
        });
        return new Deployment(values.getOrDefault("genesis", ""), contracts, tokens);
    }
}
