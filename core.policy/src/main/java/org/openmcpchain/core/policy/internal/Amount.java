/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A whole number of any size in a condition: CEL's own {@code int} has 64 bits and its {@code double} is not exact. Results
 * beyond {@value #MAX_BITS} bits are errors, so that no expression can eat the memory.
 *
 * @param units the number
 */
record Amount(BigInteger units) implements Comparable<Amount> {

    static final int MAX_BITS = 1024;

    private static final Pattern TEXT = Pattern.compile("-?[0-9]{1,308}(\\.[0-9]{1,308})?(e[0-9]{1,3})?");

    /** @throws IllegalArgumentException when it is too large */
    Amount {
        if (units.bitLength() > MAX_BITS) {
            throw new IllegalArgumentException("an amount has at most " + MAX_BITS + " bits");
        }
    }

    static Amount of(long units) {
        return new Amount(BigInteger.valueOf(units));
    }

    /**
     * Reads {@code 1000}, {@code 1.5e18} or {@code -3}: decimal, and whole.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    static Amount parse(String text) {
        return scaled(text, 0);
    }

    /**
     * Reads an amount as people write it, {@code 0.5} of something with 18 decimals.
     *
     * @throws IllegalArgumentException when it is no number, or has more decimal places than there are
     */
    static Amount scaled(String text, long decimals) {
        if (decimals < 0 || decimals > 77 || !TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("not an amount");
        }
        try {
            BigDecimal number = new BigDecimal(text).scaleByPowerOfTen((int) decimals);
            if (number.precision() - number.scale() > 309) {
                throw new IllegalArgumentException("an amount has at most " + MAX_BITS + " bits");
            }
            return new Amount(number.toBigIntegerExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("not a whole number of base units", e);
        }
    }

    Amount plus(Amount other) {
        return new Amount(units.add(other.units));
    }

    Amount minus(Amount other) {
        return new Amount(units.subtract(other.units));
    }

    Amount times(Amount other) {
        return new Amount(units.multiply(other.units));
    }

    /** @throws IllegalArgumentException for a division by zero */
    Amount dividedBy(Amount other) {
        if (other.units.signum() == 0) {
            throw new IllegalArgumentException("a division by zero");
        }
        return new Amount(units.divide(other.units));
    }

    @Override
    public int compareTo(Amount other) {
        return units.compareTo(other.units);
    }

    @Override
    public String toString() {
        return units.toString();
    }
}
