/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

/** Text from outside in a form that every store can hold: bounded, well-formed Unicode, no U+0000. */
final class PlainText {

    /** The longest detail. */
    static final int DETAIL = 4000;

    /** The longest description. */
    static final int DESCRIPTION = 1000;

    private PlainText() {}

    /** Whether a store can hold this text as it is. */
    static boolean isStorable(String text) {
        return clean(text).equals(text);
    }

    /** The text without what cannot be stored, cut to a length in UTF-16 code units. */
    static String of(String text, int longest) {
        String clean = clean(text);
        if (clean.length() <= longest) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(longest - 1)) ? longest - 1 : longest;
        return clean.substring(0, end);
    }

    /** The same, for a text that may be null. */
    static String orNull(String text, int longest) {
        return text == null ? null : of(text, longest);
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || isSurrogate(point) ? '\ufffd' : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
