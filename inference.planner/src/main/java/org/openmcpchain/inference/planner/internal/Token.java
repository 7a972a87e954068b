/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

/**
 * One word, number or mark of a goal.
 *
 * @param kind what it is by its form
 * @param text as it was written; for quoted text without the quotes
 * @param lower in lower case, without apostrophes
 * @param stem its stem; for what is not a word the lower-case text
 * @param start where it begins in the text
 * @param end where it ends, exclusive
 */
record Token(Kind kind, String text, String lower, String stem, int start, int end) {

    enum Kind {
        WORD,
        NUMBER,
        HASH_NUMBER,
        HEX,
        NAME,
        URI,
        QUOTED,
        ISO_DURATION,
        DATE,
        ARROW,
        MARK
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean isMark(String mark) {
        return kind == Kind.MARK && text.equals(mark);
    }
}
