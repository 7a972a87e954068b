/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

/**
 * Foreign text made fit to be read by a person who decides on money: one line, bounded, and without a character that
 * hides or turns around others. Names of tokens and arguments of tools are written by whoever wants to be approved.
 */
final class SafeText {

    private static final int MAX_ASCII = 0x7e;

    private SafeText() {}

    /**
     * One line of at most so many characters; what cannot be seen (controls, direction marks, zero-width characters, line
     * separators, halves of pairs, private characters) is spelled out as its number in braces.
     */
    static String line(String text, int longest) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), longest) + 16);
        text.codePoints().takeWhile(point -> out.length() <= longest).forEach(point -> append(out, point, false));
        return cut(out, longest);
    }

    /** A symbol or a name: as a line, and whatever is not plain ASCII is spelled out, too, because it may look like it. */
    static String name(String text, int longest) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), longest) + 16);
        text.codePoints().takeWhile(point -> out.length() <= longest).forEach(point -> append(out, point, true));
        return cut(out, longest);
    }

    private static void append(StringBuilder out, int point, boolean ascii) {
        if (isVisible(point) && (!ascii || point <= MAX_ASCII)) {
            out.appendCodePoint(point);
        } else {
            out.append("\\u" + "{").append(Integer.toHexString(point)).append('}');
        }
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    private static String cut(StringBuilder out, int longest) {
        if (out.length() <= longest) {
            return out.toString();
        }
        int end = Math.max(0, longest - 1);
        if (end > 0 && Character.isHighSurrogate(out.charAt(end - 1))) {
            end--;
        }
        return out.substring(0, end) + "…";
    }
}
