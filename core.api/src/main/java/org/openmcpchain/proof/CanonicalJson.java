/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ProofError;

/** JSON in the one form that can be hashed. Source: RFC 8785 (JCS). */
public final class CanonicalJson {

    private static final int MAX_DEPTH = 64;

    private CanonicalJson() {}

    /**
     * The canonical form of a JSON text.
     *
     * <p>Error: {@code JSON_NOT_CANONICAL}.
     */
    public static String of(String json) {
        try {
            return new JsonCanonicalizer(json).getEncodedString();
        } catch (IOException | RuntimeException e) {
            throw HostException.caused(e, ProofError.JSON_NOT_CANONICAL);
        }
    }

    /**
     * The canonical form of a map. Values are strings, booleans, whole numbers (written as strings), lists and maps,
     * nested at most 64 deep; null values are left out.
     *
     * <p>Error: {@code JSON_NOT_CANONICAL} for anything else, floating-point numbers among it.
     */
    public static String of(Map<String, ?> map) {
        StringBuilder text = new StringBuilder();
        write(map, text, 0);
        return of(text.toString());
    }

    /** SHA-256 of the canonical form of a JSON text, lower-case hex. */
    public static String sha256(String json) {
        return Digests.sha256(of(json));
    }

    private static void write(Object value, StringBuilder out, int depth) {
        if (depth > MAX_DEPTH) {
            throw HostException.of(ProofError.JSON_NOT_CANONICAL, "detail", "nested too deeply");
        }
        if (value instanceof Map<?, ?> map) {
            writeMap(map, out, depth);
        } else if (value instanceof Collection<?> list) {
            writeList(list, out, depth);
        } else if (value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            out.append('"').append(value).append('"');
        } else if (value instanceof CharSequence || value instanceof Enum<?>) {
            writeText(value.toString(), out);
        } else {
            throw HostException.of(
                    ProofError.JSON_NOT_CANONICAL,
                    "detail",
                    "a value of this type has no canonical form",
                    "type",
                    value == null ? "null" : value.getClass().getSimpleName());
        }
    }

    private static void writeMap(Map<?, ?> map, StringBuilder out, int depth) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() == null) {
                continue;
            }
            if (!first) {
                out.append(',');
            }
            first = false;
            writeText(String.valueOf(entry.getKey()), out);
            out.append(':');
            write(entry.getValue(), out, depth + 1);
        }
        out.append('}');
    }

    private static void writeList(Collection<?> list, StringBuilder out, int depth) {
        out.append('[');
        boolean first = true;
        for (Object item : list) {
            if (!first) {
                out.append(',');
            }
            first = false;
            write(item, out, depth + 1);
        }
        out.append(']');
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
