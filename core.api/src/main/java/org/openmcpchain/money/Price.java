/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.money;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;

/**
 * What one whole unit of an asset costs in US dollars. Immutable.
 *
 * @param value the price, scaled by {@code decimals}; more than 0
 * @param decimals how many decimal places the value has; 0 to 36
 * @param at when the source last confirmed it; whoever uses a price decides how old it may be
 */
public record Price(BigInteger value, int decimals, Instant at) {

    private static final int MAX_DECIMALS = 36;

    /** @throws IllegalArgumentException if the value is not more than 0 or the decimals are out of range */
    public Price {
        Objects.requireNonNull(at, "at");
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("a price is more than 0");
        }
        if (decimals < 0 || decimals > MAX_DECIMALS) {
            throw new IllegalArgumentException("decimals are 0 to " + MAX_DECIMALS);
        }
    }
}
