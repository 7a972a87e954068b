/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

/** Parts of texts: bounded, and never half a character. */
final class Excerpt {

    private static final String CUT = "…";

    private Excerpt() {}

    /** One line of at most this many UTF-16 code units; what is cut off is marked. */
    static String of(String text, int longest) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
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
