/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.regex.Pattern;

/** Parts of texts: bounded, and never half a character. */
final class Excerpt {

    private static final String CUT = "…";

    /** Whatever ends a line, turns it around or cannot be seen: nobody makes two lines of one, or hides part of it. */
    private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private Excerpt() {}

    /** One line of at most this many UTF-16 code units; what is cut off is marked. */
    static String of(String text, int longest) {
        String line = UNSEEN.matcher(text).replaceAll(" ").strip();
        return line.length() <= longest ? line : beginning(line, longest - CUT.length()) + CUT;
    }

    /** The text, or its beginning with a note that says what became of the rest. */
    static String withNote(String text, int longest, String note) {
        return text.length() <= longest ? text : beginning(text, Math.max(0, longest - note.length())) + note;
    }

    private static String beginning(String text, int length) {
        int end = length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }
}
