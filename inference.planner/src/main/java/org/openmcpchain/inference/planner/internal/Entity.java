/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.math.BigDecimal;

/**
 * A value that a goal holds, with the words that it stands in.
 *
 * @param kind what it is
 * @param value its canonical text: {@code 1250.75}, {@code ETH}, {@code PT5M}
 * @param number its number (for a duration: seconds), or null
 * @param unit the symbol of the asset that it is an amount of, or null
 * @param weak whether it is a guess by its form only
 * @param first its first token
 * @param last its last token, inclusive
 * @param said as it was written
 */
record Entity(Kind kind, String value, BigDecimal number, String unit, boolean weak, int first, int last, String said) {

    enum Kind {
        AMOUNT,
        NUMBER,
        ASSET,
        PAIR,
        ADDRESS,
        PERCENT,
        ID,
        DURATION,
        URI,
        QUOTED,
        DATE,
        /** Hexadecimal text that is no address. */
        HEX,
        /** A part of something that is not known here: "half of my ETH". */
        RELATIVE,
        /** A number that nobody can act on: negative, or not written as a number. */
        BROKEN,
        /** Words that a text argument may be made of. */
        SPAN,
        /** Stands for a word that settles an enum or a yes-or-no argument. */
        CHOICE
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether both use a token in common. */
    boolean overlaps(Entity other) {
        return first <= other.last && other.first <= last;
    }

    /** Whether a goal that leaves this unused was not understood. */
    boolean mustBeUsed() {
        return switch (kind) {
            case AMOUNT, NUMBER, PERCENT, ADDRESS, ID, DURATION, PAIR, URI, HEX, RELATIVE, BROKEN, DATE, QUOTED -> true;
            case ASSET -> !weak;
            default -> false;
        };
    }
}
