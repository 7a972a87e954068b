/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts names and descriptions, as programs write them, into words. */
final class Words {

    private Words() {}

    /** The lower-case words of a name in any of the usual spellings: {@code maxPrice}, {@code max_price}. */
    static List<String> ofName(String name) {
        return of(name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " "));
    }

    /** The lower-case words of a text. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** A name as words: {@code max price}. */
    static String spaced(String name) {
        return String.join(" ", ofName(name));
    }
}
