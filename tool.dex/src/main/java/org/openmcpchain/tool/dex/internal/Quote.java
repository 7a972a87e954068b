/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.util.List;

/**
 * What a swap would bring. Amounts are decimal texts of whole units.
 *
 * @param summary one sentence for people
 * @param network the CAIP-2 name of the network
 * @param blockNumber the newest block when the market was asked
 * @param sell the symbol of the sold asset
 * @param amountIn what is sold
 * @param buy the symbol of the bought asset
 * @param amountOut what is received at the present price, after the pools' fees
 * @param minimumReceived the least that is accepted with this slippage
 * @param maxSlippagePercent the slippage
 * @param price how much of the bought asset one unit of the sold asset brings
 * @param priceImpactPercent how much this swap itself worsens the price, without the pools' fees
 * @param route the symbols on the way, both ends included
 * @param pools the pair contracts on the way
 */
public record Quote(
        String summary,
        String network,
        long blockNumber,
        String sell,
        String amountIn,
        String buy,
        String amountOut,
        String minimumReceived,
        String maxSlippagePercent,
        String price,
        String priceImpactPercent,
        List<String> route,
        List<String> pools) {}
