/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.oracle.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openmcpchain.tool.ToolException;

/**
 * Two assets, in capitals.
 *
 * @param base what is priced
 * @param quote what the price is counted in
 */
record Pair(String base, String quote) {

    static final String USD = "USD";

    private static final int MAX_LENGTH = 64;
    private static final Pattern SHAPE =
            Pattern.compile("([A-Z0-9.]{1,24})(?:\\s*[/:-]\\s*|\\s+(?:IN\\s+|TO\\s+)?)([A-Z0-9.]{1,24})");
    private static final Pattern SINGLE = Pattern.compile("[A-Z0-9.]{1,24}");

    /** Reads {@code ETH/USD}, {@code eth-usd}, {@code ETH USD}, {@code ETH in USD}, or {@code ETH} alone. */
    static Pair parse(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        if (upper.length() <= MAX_LENGTH) {
            Matcher two = SHAPE.matcher(upper);
            if (two.matches() && !two.group(1).equals(two.group(2))) {
                return new Pair(two.group(1), two.group(2));
            }
            if (SINGLE.matcher(upper).matches() && !upper.equals(USD)) {
                return new Pair(upper, USD);
            }
        }
        throw new ToolException("This is no pair of two different assets such as ETH/USD.");
    }

    Pair againstDollar(String asset) {
        return new Pair(asset, USD);
    }

    @Override
    public String toString() {
        return base + "/" + quote;
    }
}
