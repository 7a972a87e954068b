/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigInteger;
import java.util.List;

/**
 * A way through the market and what it brings.
 *
 * @param path the token contracts, from the sold to the bought
 * @param hops the pools between them
 * @param amountOut what comes out, in base units, after fees
 */
record Route(List<String> path, List<Hop> hops, BigInteger amountOut) {

    Route {
        path = List.copyOf(path);
        hops = List.copyOf(hops);
    }
}
