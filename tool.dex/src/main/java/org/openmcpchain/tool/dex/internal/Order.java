/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.tool.ToolException;

/**
 * A checked wish to trade.
 *
 * @param sell what is given away
 * @param buy what is received
 * @param units base units of the sold asset; positive
 * @param slippagePercent 0 to 50
 */
record Order(TradeAsset sell, TradeAsset buy, BigInteger units, BigDecimal slippagePercent) {

    private static final BigDecimal DEFAULT_SLIPPAGE = new BigDecimal("0.5");
    private static final BigDecimal MAX_SLIPPAGE = BigDecimal.valueOf(50);
    private static final int MAX_DIGITS = 78; // as many as the largest uint256 has

    static Order of(NetworkInfo network, String weth, BigDecimal amount, String sell, String buy, BigDecimal slippage) {
        TradeAsset sold = TradeAsset.of(network, sell, weth);
        TradeAsset bought = TradeAsset.of(network, buy, weth);
        if (sold.sharesTokenWith(bought)) {
            throw new ToolException(sold.symbol() + " and " + bought.symbol()
                    + " are the same on this market; there is nothing to swap.");
        }
        return new Order(sold, bought, units(sold, amount), percent(slippage));
    }

    private static BigInteger units(TradeAsset sold, BigDecimal amount) {
        // An exponent such as 1e999999999 is a short text and a very large number.
        if (amount.precision() > MAX_DIGITS || Math.abs((long) amount.scale()) > MAX_DIGITS) {
            throw new ToolException("The amount has too many digits.");
        }
        if (amount.signum() <= 0) {
            throw new ToolException("The amount must be more than zero.");
        }
        if (amount.stripTrailingZeros().scale() > sold.asset().decimals()) {
            throw new ToolException("The amount " + amount.toPlainString() + " has more decimal places than "
                    + sold.symbol() + " has (" + sold.asset().decimals() + ").");
        }
        return sold.asset().units(amount);
    }

    private static BigDecimal percent(BigDecimal slippage) {
        BigDecimal percent = slippage == null ? DEFAULT_SLIPPAGE : slippage;
        if (percent.signum() < 0 || percent.compareTo(MAX_SLIPPAGE) > 0) {
            throw new ToolException("The slippage must be 0 to 50 per cent; more would accept almost any price.");
        }
        if (percent.scale() > MAX_DIGITS) {
            throw new ToolException("The slippage has too many decimal places.");
        }
        return percent;
    }
}
