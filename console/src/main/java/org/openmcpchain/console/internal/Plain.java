/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text that is safe to print. Goals, titles and replies come from strangers; a terminal obeys what it is sent. */
final class Plain {

    private Plain() {}

    /** One line without anything that steers a terminal or turns the direction of writing. */
    static String line(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(harmless(point)));
        return clean.toString();
    }

    /**
     * A value in words: lists with commas, objects as {@code name=value}, nested ones in braces, bundles by name and
     * version.
     */
    static String words(JsonNode node) {
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(words(item)));
            return String.join(", ", items);
        }
        if (node.hasNonNull("symbolicName") && node.hasNonNull("version")) {
            return line(node.get("symbolicName").asText() + "/"
                    + node.get("version").asText());
        }
        if (node.isObject()) {
            List<String> fields = new ArrayList<>();
            node.properties().forEach(field -> {
                String words = words(field.getValue());
                boolean braces = field.getValue().isObject() && words.contains("=");
                if (!words.isEmpty()) {
                    fields.add(line(field.getKey()) + "=" + (braces ? "{" + words + "}" : words));
                }
            });
            return String.join(" ", fields);
        }
        return node.isMissingNode() || node.isNull() ? "" : line(node.asText());
    }

    /** The name of a field as people write it: {@code createdAt} is {@code created at}. */
    static String title(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    private static int harmless(int point) {
        if (Character.isWhitespace(point)) {
            return ' ';
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> '?';
            default -> point;
        };
    }
}
