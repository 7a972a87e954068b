/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

/** How goals are compared: without regard to case, and with every character taken for itself. */
final class GoalText {

    /** Escapes in a LIKE pattern. Not a backslash, which MySQL already takes for an escape in a literal. */
    static final char ESCAPE = '!';

    private GoalText() {}

    /**
     * A text without its case. Done here and not with the database's {@code LOWER}, so that every database finds the
     * same runs; character by character, so that the length stays.
     */
    static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** The LIKE pattern for folded goals that contain a text. */
    static String containing(String text) {
        StringBuilder pattern = new StringBuilder("%");
        for (char c : fold(text).toCharArray()) {
            if (c == '%' || c == '_' || c == ESCAPE) {
                pattern.append(ESCAPE);
            }
            pattern.append(c);
        }
        return pattern.append('%').toString();
    }
}
