/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

/** Text of unknown origin (names of tokens, arguments) made fit to stand in a sentence for people. */
final class PlainWords {

    private PlainWords() {}

    /** Without control characters, line breaks and marks that turn the direction of writing; cut off at a length. */
    static String of(String text, int most) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most));
        text.codePoints()
                .limit(most)
                .map(point -> isHarmless(point) ? point : ' ')
                .forEach(clean::appendCodePoint);
        return text.codePointCount(0, text.length()) > most ? clean.append('…').toString() : clean.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
