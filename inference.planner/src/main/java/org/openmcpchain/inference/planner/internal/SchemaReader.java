/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openmcpchain.inference.planner.internal.Parameter.Slot;
import org.openmcpchain.inference.planner.internal.Parameter.Type;

/** Reads the arguments of a tool from its JSON Schema. What it does not know it leaves alone; it never fails. */
final class SchemaReader {

    private static final Map<String, Slot> FORMATS = Map.ofEntries(
            Map.entry("amount", Slot.AMOUNT),
            Map.entry("asset", Slot.ASSET),
            Map.entry("address", Slot.ADDRESS),
            Map.entry("percent", Slot.PERCENT),
            Map.entry("id", Slot.ID),
            Map.entry("duration", Slot.DURATION),
            Map.entry("pair", Slot.PAIR),
            Map.entry("uri", Slot.URI),
            Map.entry("url", Slot.URI),
            Map.entry("date", Slot.DATE),
            Map.entry("date-time", Slot.DATE));

    private static final Set<String> ID_STEMS = Set.of("id", "index", "serial");
    private static final Set<String> PERCENT_STEMS = Set.of("percent", "percentag", "pct");
    private static final int MAX_PARAMETERS = 64;
    private static final int MAX_PATTERN = 500;

    private final Lexicon lexicon;

    SchemaReader(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** The arguments in the order of the schema. */
    List<Parameter> parameters(JsonNode schema) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        List<Parameter> parameters = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (parameters.size() < MAX_PARAMETERS) {
                JsonNode node = property.getValue();
                boolean needed = required.contains(property.getKey()) && !node.has("default");
                parameters.add(parameter(property.getKey(), node, needed));
            }
        }
        return parameters;
    }

    private Parameter parameter(String name, JsonNode node, boolean required) {
        Type type = type(node);
        List<String> nameStems = Words.ofName(name).stream().map(lexicon::stem).toList();
        String description = node.path("description").asText("");
        List<String> about = Words.of(description).stream()
                .filter(lexicon::isContent)
                .map(lexicon::stem)
                .distinct()
                .toList();
        List<String> choices = new ArrayList<>();
        node.path("enum").forEach(choice -> choices.add(choice.asText()));
        Slot slot = slot(node, type, choices, nameStems, about);
        Parameter items = type == Type.LIST ? parameter(name, node.path("items"), false) : null;
        BigDecimal scale = scale(type, slot, nameStems, Words.of(description));
        Slot found = scale.compareTo(BigDecimal.ONE) > 0 ? Slot.DURATION : slot;
        found = scale.compareTo(BigDecimal.ONE) < 0 ? Slot.PERCENT : found;
        return new Parameter(
                name, found, type, required, description, nameStems, about, choices, pattern(node), scale, items);
    }

    private static Slot slot(JsonNode node, Type type, List<String> choices, List<String> name, List<String> about) {
        if (!choices.isEmpty()) {
            return Slot.CHOICE;
        }
        Slot byFormat = FORMATS.get(node.path("format").asText("").toLowerCase(Locale.ROOT));
        if (byFormat != null) {
            return byFormat;
        }
        return switch (type) {
            case FLAG -> Slot.FLAG;
            case LIST -> Slot.LIST;
            case INTEGER, DECIMAL -> number(name, about);
            case TEXT -> text(node, name);
        };
    }

    private static Slot number(List<String> name, List<String> about) {
        if (name.stream().anyMatch(PERCENT_STEMS::contains) || about.stream().anyMatch(PERCENT_STEMS::contains)) {
            return Slot.PERCENT;
        }
        if (name.contains("second") || name.contains("sec")) {
            return Slot.DURATION;
        }
        return name.stream().anyMatch(ID_STEMS::contains) ? Slot.ID : Slot.NUMBER;
    }

    private static Slot text(JsonNode node, List<String> name) {
        if (node.path("type").asText("").equals("object") || node.has("properties")) {
            return Slot.OTHER;
        }
        if (node.path("pattern").asText("").matches("\\^?\\(?0x\\[.*\\{40}.*")) {
            return Slot.ADDRESS;
        }
        boolean numeric = node.path("type").isArray();
        return numeric ? number(name, List.of()) : Slot.TEXT;
    }

    /** {@code ["string","number"]} is written as text. */
    private static Type type(JsonNode node) {
        JsonNode type = node.path("type");
        String name = type.isArray() ? type.path(0).asText("string") : type.asText("string");
        return switch (name) {
            case "integer" -> Type.INTEGER;
            case "number" -> Type.DECIMAL;
            case "boolean" -> Type.FLAG;
            case "array" -> Type.LIST;
            default -> Type.TEXT;
        };
    }

    /** A plain number that counts a unit of time, or basis points, says so in its name or its description. */
    private BigDecimal scale(Type type, Slot slot, List<String> name, List<String> description) {
        boolean plain =
                (type == Type.INTEGER || type == Type.DECIMAL) && (slot == Slot.NUMBER || slot == Slot.DURATION);
        boolean points = name.contains("bp")
                || name.contains("bps")
                || description.contains("bps")
                || description.contains("basis");
        if (points && type != Type.FLAG && type != Type.LIST && slot != Slot.TEXT) {
            return new BigDecimal("0.01");
        }
        if (!plain) {
            return BigDecimal.ONE;
        }
        for (List<String> words : List.of(name, description)) {
            for (String word : words) {
                Long seconds = word.length() > 2 ? lexicon.unitSeconds(word) : null;
                if (seconds != null && !word.equals("second") && !word.equals("min")) {
                    return BigDecimal.valueOf(Math.max(seconds, 1));
                }
            }
        }
        return BigDecimal.ONE;
    }

    private static Pattern pattern(JsonNode node) {
        String pattern = node.path("pattern").asText("");
        if (pattern.isEmpty() || pattern.length() > MAX_PATTERN) {
            return null;
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            return null; // ECMA-262 knows forms that Java does not; the host validates the argument anyway
        }
    }
}
