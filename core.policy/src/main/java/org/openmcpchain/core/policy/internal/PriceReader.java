/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what models cost. */
final class PriceReader {

    private static final Set<String> FIELDS = Set.of("provider", "model", "input", "output");
    private static final int USD_DECIMALS = 6;
    private static final int MAX_PRICES = 200;

    private PriceReader() {}

    static List<ModelPrice> read(PolicyNode node) {
        List<ModelPrice> prices = new ArrayList<>();
        if (node == null) {
            return prices;
        }
        List<PolicyNode> items = node.items(false);
        if (items.size() > MAX_PRICES) {
            node.problem("has more than " + MAX_PRICES + " prices");
            return prices;
        }
        for (PolicyNode item : items) {
            Map<String, PolicyNode> fields = item.fields(FIELDS);
            Optional<BigInteger> input = usd(item, fields.get("input"), "input");
            Optional<BigInteger> output = usd(item, fields.get("output"), "output");
            if (input.isPresent() && output.isPresent()) {
                prices.add(new ModelPrice(
                        name(fields.get("provider")), name(fields.get("model")), input.get(), output.get()));
            }
        }
        return prices;
    }

    private static String name(PolicyNode node) {
        return node == null ? "*" : node.text(256).orElse("*");
    }

    private static Optional<BigInteger> usd(PolicyNode owner, PolicyNode node, String name) {
        if (node == null) {
            owner.problem(name + " is missing");
            return Optional.empty();
        }
        try {
            BigInteger price =
                    Amount.scaled(node.text(64).orElse(""), USD_DECIMALS).units();
            if (price.signum() >= 0) {
                return Optional.of(price);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        node.problem("must be USD for a million tokens, for example 2.50");
        return Optional.empty();
    }
}
