/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.oracle.internal;

import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;

/**
 * Which price is wanted.
 *
 * @param pair base and quote as in {@code ETH/USD}; a single symbol means its price in US dollars
 * @param maxAgeSeconds from which age on the price counts as stale; 3600 when null
 */
public record PriceRequest(
        @Param(
                        value = "The pair of assets, base first, such as ETH/USD; a single symbol means its price in US"
                                + " dollars",
                        format = Format.PAIR)
                String pair,
        @Param(
                        value = "From which age in seconds on the price is marked as stale",
                        required = false,
                        defaultValue = "3600",
                        minimum = "1",
                        maximum = "31536000")
                Integer maxAgeSeconds) {}
