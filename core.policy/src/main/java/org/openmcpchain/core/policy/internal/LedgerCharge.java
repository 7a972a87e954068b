/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import org.openmcpchain.policy.Spent;

/**
 * How much of one cap, for one holder, an intent takes up.
 *
 * @param cap the cap's name, unit and holder kind; a cap that changes one of them is another cap
 * @param holder for whom it is counted
 * @param kind how it is settled
 * @param amount base units
 * @param inputPrice micro-USD for a million tokens that go into the model, or null
 * @param outputPrice micro-USD for a million tokens that come out of it, or null
 */
record LedgerCharge(
        String cap, String holder, Kind kind, BigInteger amount, BigInteger inputPrice, BigInteger outputPrice) {

    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /** How a charge is settled. */
    enum Kind {
        /** Property that moves: all of it, or nothing when the transaction was reverted. */
        MOVEMENT,
        /** Gas units: those that were used. */
        GAS,
        /** Wei for gas: what it cost. */
        FEE,
        /** Tokens of a model: those that were counted. */
        TOKENS,
        /** Micro-USD for a model: the counted tokens at their price. */
        MODEL,
        /** Counts the intent itself. */
        COUNT
    }

    /** The key of the meter that it is counted on. */
    String meter() {
        return cap + '\n' + holder;
    }

    /** The same charge with another amount. */
    LedgerCharge of(BigInteger other) {
        return new LedgerCharge(cap, holder, kind, other, inputPrice, outputPrice);
    }

    /**
     * What it cost in the end.
     *
     * @param gasUsed gas units, or null when nobody knows; then the whole limit counts
     */
    LedgerCharge settled(Spent spent, BigInteger gasUsed) {
        return switch (kind) {
            case MOVEMENT -> spent.happened() ? this : of(BigInteger.ZERO);
            case GAS -> gasUsed == null ? this : of(gasUsed);
            case FEE -> spent.gasCost() == null ? this : of(spent.gasCost());
            case TOKENS -> counted(spent)
                    ? of(BigInteger.valueOf(input(spent)).add(BigInteger.valueOf(output(spent))))
                    : this;
            case MODEL -> counted(spent) ? of(cost(input(spent), output(spent), inputPrice, outputPrice)) : this;
            case COUNT -> this;
        };
    }

    /** A provider that counts nothing has not answered for nothing: then the upper bound stays. */
    private static boolean counted(Spent spent) {
        return input(spent) > 0 || output(spent) > 0;
    }

    private static long input(Spent spent) {
        return Math.max(0, spent.inputTokens());
    }

    private static long output(Spent spent) {
        return Math.max(0, spent.outputTokens());
    }

    /** Micro-USD for so many tokens, rounded up. */
    static BigInteger cost(long input, long output, BigInteger inputPrice, BigInteger outputPrice) {
        BigInteger millionths = BigInteger.valueOf(input)
                .multiply(inputPrice)
                .add(BigInteger.valueOf(output).multiply(outputPrice));
        return millionths.add(MILLION).subtract(BigInteger.ONE).divide(MILLION);
    }
}
