/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;

/** Reads options strictly: a value that makes no sense is refused, not ignored. */
final class Input {

    private Input() {}

    static int number(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw invalid(name, "a whole number from " + min + " to " + max);
        }
        return value;
    }

    static long position(String name, long value) {
        if (value < 0) {
            throw invalid(name, "a whole number, 0 or more");
        }
        return value;
    }

    static Optional<Instant> instant(String name, String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw invalid(name, "a time such as 2026-11-20T12:00:00Z");
        }
    }

    static Optional<Boolean> flag(String name, String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> throw invalid(name, "true or false");
        };
    }

    /** Words of an enum, separated by commas, in either case; null is none. */
    static <E extends Enum<E>> Set<E> words(Class<E> type, String name, String text) {
        Set<E> words = EnumSet.noneOf(type);
        if (text != null) {
            for (String word : text.split(",", type.getEnumConstants().length + 1)) {
                words.add(word(type, name, word.trim()));
            }
        }
        return words;
    }

    static String text(String name, String text, int max) {
        if (text != null && text.length() > max) {
            throw invalid(name, "at most " + max + " characters");
        }
        return text;
    }

    static HostException invalid(String field, String rule) {
        return HostException.of(RequestError.REQUEST_INVALID, "field", field, "rule", rule);
    }

    /** One word of an enum, in either case. */
    static <E extends Enum<E>> E word(Class<E> type, String name, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> invalid(name, "of " + Arrays.toString(type.getEnumConstants())));
    }
}
