/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/**
 * An asset as people name it. Immutable.
 *
 * @param id the asset
 * @param symbol how people call it, for example {@code USDC}
 * @param decimals how many decimal places one whole unit has; 0 to 36
 */
public record Asset(AssetId id, String symbol, int decimals) {

    /** As many as 2^256 has. */
    private static final int MAX_DIGITS = 78;

    /** @throws IllegalArgumentException if the symbol is blank or the decimals are out of range */
    public Asset {
        Objects.requireNonNull(id, "id");
        if (symbol.isBlank() || symbol.length() > 32) {
            throw new IllegalArgumentException("an asset symbol has 1 to 32 characters");
        }
        if (decimals < 0 || decimals > 36) {
            throw new IllegalArgumentException("decimals are 0 to 36");
        }
    }

    /**
     * Base units from a decimal number of whole units, exactly.
     *
     * @throws ArithmeticException if the number has more decimal places than the asset, or more digits than any chain
     *     can hold
     */
    public BigInteger units(BigDecimal whole) {
        // 1e999999999 is a short text and a number that fills the memory: look at its size before it is spelled out.
        long digits = (long) whole.precision() - whole.scale() + decimals;
        if (whole.signum() != 0 && digits > MAX_DIGITS) {
            throw new ArithmeticException("the amount has more than " + MAX_DIGITS + " digits");
        }
        return whole.signum() == 0
                ? BigInteger.ZERO
                : whole.movePointRight(decimals).toBigIntegerExact();
    }

    /** Whole units from base units, without trailing zeros; for showing, never for arithmetic that ends in money. */
    public String format(BigInteger units) {
        BigDecimal whole = new BigDecimal(units, decimals).stripTrailingZeros();
        return (whole.scale() < 0 ? whole.setScale(0) : whole).toPlainString();
    }
}
