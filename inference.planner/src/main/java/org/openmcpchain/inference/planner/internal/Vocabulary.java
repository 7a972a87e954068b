/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names that mean something on the network at hand. Immutable.
 *
 * @param symbols assets: upper-case symbol to the symbol as it is written
 * @param names the address book: lower-case name to the name as it is written
 * @param labels first labels that only one name of the address book has, to that name
 * @param coin the symbol of the network's coin
 */
record Vocabulary(Map<String, String> symbols, Map<String, String> names, Map<String, String> labels, String coin) {

    /** Copies the maps. */
    Vocabulary {
        symbols = Map.copyOf(symbols);
        names = Map.copyOf(names);
        labels = Map.copyOf(labels);
    }

    /** A vocabulary of symbols (the coin first) and names. */
    static Vocabulary of(Collection<String> symbols, Collection<String> names) {
        Map<String, String> bySymbol = new LinkedHashMap<>();
        symbols.forEach(symbol -> bySymbol.put(symbol.toUpperCase(Locale.ROOT), symbol));
        Map<String, String> byName = new HashMap<>();
        Map<String, String> byLabel = new HashMap<>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            byName.put(lower, name);
            int dot = lower.indexOf('.');
            if (dot > 2) {
                byLabel.merge(lower.substring(0, dot), name, (one, other) -> "");
            }
        }
        byLabel.values().removeIf(String::isEmpty);
        String coin = symbols.isEmpty() ? "ETH" : symbols.iterator().next();
        return new Vocabulary(bySymbol, byName, byLabel, coin);
    }

    /** Whether the network lists this asset; without a list every asset may be there. */
    boolean mayHold(String symbol) {
        return symbols.isEmpty() || symbols.containsKey(symbol.toUpperCase(Locale.ROOT));
    }
}
