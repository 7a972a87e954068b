/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Vector;
import org.osgi.service.metatype.AttributeDefinition;

/** A value in the type that its key declares. */
final class TypedValue {

    private final AttributeDefinition definition;

    TypedValue(AttributeDefinition definition) {
        this.definition = definition;
    }

    /**
     * The value: a scalar, an array or a {@link Vector} as the cardinality says. A value that holds a reference stays
     * text: its type is known only when Felix has put in what it stands for.
     */
    Object of(Given given) throws RuleBroken {
        int cardinality = definition.getCardinality();
        if (cardinality == 0) {
            if (given.list()) {
                throw new RuleBroken("must be one value, not a list");
            }
            return given.isReference() ? given.text() : typed(given.text());
        }
        List<String> items = given.list() ? given.items() : split(given.text());
        int most = Math.abs(cardinality);
        if (items.size() > most && cardinality != Integer.MIN_VALUE) {
            throw new RuleBroken("must have at most " + most + " values");
        }
        return given.isReference() ? items.toArray(new String[0]) : several(items, cardinality);
    }

    private Object several(List<String> items, int cardinality) throws RuleBroken {
        List<Object> values = new ArrayList<>();
        for (String item : items) {
            values.add(typed(item));
        }
        if (cardinality < 0) {
            return new Vector<>(values);
        }
        Object array = Array.newInstance(type(), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    private Object typed(String text) throws RuleBroken {
        Object value = converted(text);
        String[] options = definition.getOptionValues();
        if (options != null && options.length > 0 && !Arrays.asList(options).contains(text)) {
            throw new RuleBroken("must be one of " + String.join(", ", options));
        }
        String verdict = definition.validate(escaped(text));
        if (verdict != null && !verdict.isEmpty()) {
            // Felix marks its words as localisable with a percent sign; it does not tell the bound itself.
            throw new RuleBroken("breaks a bound that its bundle declares: " + verdict.replaceFirst("^%", ""));
        }
        return value;
    }

    private Object converted(String text) throws RuleBroken {
        try {
            return switch (definition.getType()) {
                case AttributeDefinition.LONG -> Long.valueOf(text);
                case AttributeDefinition.INTEGER -> Integer.valueOf(text);
                case AttributeDefinition.SHORT -> Short.valueOf(text);
                case AttributeDefinition.BYTE -> Byte.valueOf(text);
                case AttributeDefinition.DOUBLE -> Double.valueOf(text);
                case AttributeDefinition.FLOAT -> Float.valueOf(text);
                case AttributeDefinition.BOOLEAN -> bool(text);
                case AttributeDefinition.CHARACTER -> character(text);
                default -> text;
            };
        } catch (NumberFormatException e) {
            throw new RuleBroken("must be a number of type " + type().getSimpleName());
        }
    }

    private static Boolean bool(String text) throws RuleBroken {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new RuleBroken("must be true or false");
        };
    }

    private static Character character(String text) throws RuleBroken {
        if (text.length() != 1) {
            throw new RuleBroken("must be one character");
        }
        return text.charAt(0);
    }

    private Class<?> type() {
        return switch (definition.getType()) {
            case AttributeDefinition.LONG -> Long.class;
            case AttributeDefinition.INTEGER -> Integer.class;
            case AttributeDefinition.SHORT -> Short.class;
            case AttributeDefinition.BYTE -> Byte.class;
            case AttributeDefinition.DOUBLE -> Double.class;
            case AttributeDefinition.FLOAT -> Float.class;
            case AttributeDefinition.BOOLEAN -> Boolean.class;
            case AttributeDefinition.CHARACTER -> Character.class;
            default -> String.class;
        };
    }

    /** A value in commas, as a variable holds it; a backslash takes the character behind it for itself. */
    private static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                item.append(text.charAt(++i));
            } else if (c == ',') {
                items.add(item.toString().strip());
                item.setLength(0);
            } else {
                item.append(c);
            }
        }
        items.add(item.toString().strip());
        return text.isBlank() ? List.of() : items;
    }

    /** Metatype takes a comma for the end of a value unless a backslash stands before it. */
    private String escaped(String text) {
        return definition.getCardinality() == 0
                ? text
                : text.replace("\\", "\\\\").replace(",", "\\,").replace(" ", "\\ ");
    }
}
