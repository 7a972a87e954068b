/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.openmcpchain.money.Asset;

/**
 * The arithmetic of a constant-product market, exact in integers. Source: Uniswap v2 Core white paper, section 3.2.1
 * (a fee of 0.3 % of what goes in).
 */
final class Pricing {

    private static final BigInteger FEE_NUMERATOR = BigInteger.valueOf(997);
    private static final BigInteger FEE_DENOMINATOR = BigInteger.valueOf(1000);
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int PPM_TO_PERCENT = 4;
    private static final MathContext SHOWN = new MathContext(12, RoundingMode.HALF_EVEN);

    private Pricing() {}

    /** The least that is accepted: the quoted amount less the slippage, rounded down to base units. */
    static BigInteger minimumReceived(BigInteger quoted, BigDecimal slippagePercent) {
        return new BigDecimal(quoted)
                .multiply(HUNDRED.subtract(slippagePercent))
                .movePointLeft(2)
                .toBigInteger();
    }

    /**
     * How much a swap worsens the price by its own size, in parts per million, rounded up; 0 to 1,000,000. The fee is
     * left out: it would be paid for the smallest amount too.
     */
    static BigInteger priceImpactPpm(BigInteger amountIn, BigInteger amountOut, List<Hop> hops) {
        BigInteger ideal = amountIn;
        BigInteger scale = BigInteger.ONE;
        for (Hop hop : hops) {
            ideal = ideal.multiply(FEE_NUMERATOR).multiply(hop.reserveOut());
            scale = scale.multiply(FEE_DENOMINATOR).multiply(hop.reserveIn());
        }
        BigInteger lost = ideal.subtract(amountOut.multiply(scale)).max(BigInteger.ZERO);
        BigInteger[] parts = lost.multiply(MILLION).divideAndRemainder(ideal);
        return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
    }

    /** Parts per million as per cent, for showing. */
    static String percent(BigInteger ppm) {
        return plain(new BigDecimal(ppm, PPM_TO_PERCENT));
    }

    /** How much of the bought asset one unit of the sold asset brings, for showing. */
    static String price(Asset sold, BigInteger amountIn, Asset bought, BigInteger amountOut) {
        return plain(
                new BigDecimal(amountOut, bought.decimals()).divide(new BigDecimal(amountIn, sold.decimals()), SHOWN));
    }

    /** Without exponent and trailing zeros. */
    static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }
}
