/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ProofError;

/** JSON in the one form that can be hashed. Source: RFC 8785 (JCS). */
public final class CanonicalJson {

    private static final int MAX_DEPTH = 64;
    private static final int REPLACEMENT = 0xfffd;
    private static final String HEX = "0123456789abcdef";

    private CanonicalJson() {}

    /**
     * The canonical form of a JSON text: an object or an array, nested at most 64 deep, without duplicate names and
     * unpaired surrogates.
     *
     * <p>Error: {@code JSON_NOT_CANONICAL}.
     */
    public static String of(String json) {
        JsonScan.refuseWhatHasNoCanonicalForm(json, MAX_DEPTH);
        try {
            return new JsonCanonicalizer(json).getEncodedString();
        } catch (IOException | RuntimeException e) {
            throw HostException.caused(e, ProofError.JSON_NOT_CANONICAL);
        }
    }

    /**
     * The canonical form of a map. Values are strings, booleans, whole numbers (written as strings), lists and maps,
     * nested at most 64 deep; null values are left out. An unpaired surrogate, which has no UTF-8 form, becomes U+FFFD.
     *
     * <p>Error: {@code JSON_NOT_CANONICAL} for anything else, floating-point numbers among it.
     */
    public static String of(Map<String, ?> map) {
        StringBuilder text = new StringBuilder(256);
        write(map, text, 1);
        return text.toString();
    }

    /** SHA-256 of the canonical form of a JSON text, lower-case hex. */
    public static String sha256(String json) {
        return Digests.sha256(of(json));
    }

    private static void write(Object value, StringBuilder out, int depth) {
        if (value instanceof CharSequence || value instanceof Enum<?>) {
            writeText(value.toString(), out);
        } else if (value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            out.append('"').append(value).append('"');
        } else if (depth > MAX_DEPTH) {
            throw HostException.of(ProofError.JSON_NOT_CANONICAL, "detail", "nested too deeply");
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, out, depth);
        } else if (value instanceof Collection<?> list) {
            writeList(list, out, depth);
        } else {
            throw HostException.of(
                    ProofError.JSON_NOT_CANONICAL,
                    "detail",
                    "a value of this type has no canonical form",
                    "type",
                    value == null ? "null" : value.getClass().getSimpleName());
        }
    }

    /** Names go in the order of their UTF-16 code units, which is the order of {@link String#compareTo}. */
    private static void writeMap(Map<?, ?> map, StringBuilder out, int depth) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() != null
                    && sorted.put(wellFormed(String.valueOf(entry.getKey())), entry.getValue()) != null) {
                throw HostException.of(ProofError.JSON_NOT_CANONICAL, "detail", "a name comes twice");
            }
        }
        char separator = '{';
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            out.append(separator);
            separator = ',';
            writeText(entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out, depth + 1);
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void writeList(Collection<?> list, StringBuilder out, int depth) {
        char separator = '[';
        for (Object item : list) {
            out.append(separator);
            separator = ',';
            write(item, out, depth + 1);
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private static void writeText(String text, StringBuilder out) {
        String clean = wellFormed(text);
        out.append('"');
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                writeEscaped(c, out);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                StringBuilder clean = new StringBuilder(text.length());
                text.codePoints()
                        .map(point -> Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point)
                        .forEach(clean::appendCodePoint);
                return clean.toString();
            }
        }
        return text;
    }

    private static void writeEscaped(char c, StringBuilder out) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\t' -> out.append('t');
            case '\n' -> out.append('n');
            case '\f' -> out.append('f');
            case '\r' -> out.append('r');
            default -> out.append("u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        }
    }
}
