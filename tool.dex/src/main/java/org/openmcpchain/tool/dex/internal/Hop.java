/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigInteger;

/**
 * One pool on the way.
 *
 * @param pool the pair contract
 * @param reserveIn what it holds of the token that goes in, in base units
 * @param reserveOut what it holds of the token that comes out, in base units
 */
record Hop(String pool, BigInteger reserveIn, BigInteger reserveOut) {

    boolean hasLiquidity() {
        return reserveIn.signum() > 0 && reserveOut.signum() > 0;
    }
}
