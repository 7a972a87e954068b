/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.oracle.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A positive price as an integer with decimal places.
 *
 * @param mantissa the price times ten to the power of {@code decimals}; positive
 * @param decimals how many decimal places it has; 0 to 77
 */
record Rate(BigInteger mantissa, int decimals) {

    /** As many places as feeds that are quoted in Ether have; enough for any pair of feeds with eight. */
    static final int DERIVED_DECIMALS = 18;

    /** One of something in itself. */
    static final Rate ONE = new Rate(BigInteger.ONE, 0);

    /** How much of the other's base one of this one's base costs, when both are quoted alike; rounded half to even. */
    Rate dividedBy(Rate other) {
        BigDecimal quotient = text().divide(other.text(), DERIVED_DECIMALS, RoundingMode.HALF_EVEN);
        return new Rate(quotient.unscaledValue(), DERIVED_DECIMALS);
    }

    /** For showing: without exponent and trailing zeros. */
    String plain() {
        BigDecimal stripped = text().stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    private BigDecimal text() {
        return new BigDecimal(mantissa, decimals);
    }
}
