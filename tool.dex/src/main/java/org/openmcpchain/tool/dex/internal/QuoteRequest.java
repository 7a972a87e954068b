/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigDecimal;
import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;

/**
 * What a quote is asked for.
 *
 * @param amount whole units of the sold asset
 * @param sell the symbol of the asset that is given away
 * @param buy the symbol of the asset that is received
 * @param maxSlippagePercent 0 to 50; 0.5 when null
 */
public record QuoteRequest(
        @Param(value = "How much to sell, in whole units of the sold asset", format = Format.AMOUNT) BigDecimal amount,
        @Param(value = "The asset to sell (given away)", format = Format.ASSET) String sell,
        @Param(value = "The asset to buy (received)", format = Format.ASSET) String buy,
        @Param(
                        value = "How many per cent less than quoted would still be accepted (slippage)",
                        format = Format.PERCENT,
                        required = false,
                        defaultValue = "0.5",
                        minimum = "0",
                        maximum = "50")
                BigDecimal maxSlippagePercent) {}
