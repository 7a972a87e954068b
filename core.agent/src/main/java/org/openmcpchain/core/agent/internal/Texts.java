/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

/** Makes text from outside fit for the journal: bounded, and well-formed UTF-16. */
final class Texts {

    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** At most so many characters; a cut is marked. Null stays null. */
    static String bounded(String text, int limit) {
        if (text == null || text.length() <= limit) {
            return wellFormed(text);
        }
        return wellFormed(text.substring(0, limit)) + " … (cut)";
    }

    /** Replaces half surrogate pairs, which have no UTF-8 form. Null stays null. */
    static String wellFormed(String text) {
        if (text == null || text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return out.toString();
    }
}
