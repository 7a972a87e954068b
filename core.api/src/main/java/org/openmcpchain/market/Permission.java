/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.market;

import java.util.Map;
import java.util.TreeMap;

/**
 * One permission that a bundle asks for in the namespace {@code openmcp.permission}.
 *
 * @param kind what it is about, for example {@code contract}
 * @param attributes the details, for example {@code contract=uniswap-v2.router}; ordered by name
 */
public record Permission(String kind, Map<String, String> attributes) {

    /** Copies the attributes. */
    public Permission {
        attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** The permission to send transactions to a contract. */
    public static Permission contract(String contract) {
        return new Permission("contract", Map.of("contract", contract));
    }
}
