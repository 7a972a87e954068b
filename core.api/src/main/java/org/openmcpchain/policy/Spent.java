/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.math.BigInteger;

/**
 * What an allowed intent cost in the end.
 *
 * @param happened whether its movements happened: false for a reverted transaction, which costs gas and nothing else
 * @param gasCost wei, or null when it was no transaction
 * @param inputTokens tokens that went into a model
 * @param outputTokens tokens that came out of it
 */
public record Spent(boolean happened, BigInteger gasCost, long inputTokens, long outputTokens) {

    /** A transaction that was mined. */
    public static Spent mined(boolean succeeded, BigInteger gasCost) {
        return new Spent(succeeded, gasCost, 0, 0);
    }

    /** A model's reply. */
    public static Spent tokens(long input, long output) {
        return new Spent(true, null, input, output);
    }
}
