/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;

/** Whether a request record can become a schema, and whether arguments fit it. */
final class RequestShape {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_TEXT = 4_000;
    private static final Set<Class<?>> WHOLE = Set.of(int.class, long.class, Integer.class, Long.class);
    private static final Set<Class<?>> EXACT = Set.of(BigDecimal.class, BigInteger.class);
    private static final Set<Class<?>> PLAIN = Set.of(String.class, boolean.class, Boolean.class);

    private final Class<?> type;

    RequestShape(Class<?> type) {
        this.type = type;
    }

    /** What keeps this record from becoming a schema. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String where = type.getSimpleName() + "." + component.getName();
            if (!isSchemable(component.getGenericType())) {
                faults.add(where + " has a type without a schema: "
                        + component.getGenericType().getTypeName()
                        + " (use String, boolean, int, long, BigInteger, BigDecimal, an enum, a record or a list)");
            }
            Param param = component.getAnnotation(Param.class);
            if (param == null || param.value().isBlank()) {
                faults.add(where + " has no @Param that says what it is");
            } else {
                paramFaults(component, param).forEach(fault -> faults.add(where + ": " + fault));
            }
        }
        return faults;
    }

    /** What keeps this JSON text from being arguments of this record. */
    List<String> faultsOf(String arguments) {
        JsonNode node;
        try {
            node = JSON.readTree(arguments);
        } catch (JsonProcessingException e) {
            return List.of("is not JSON: " + e.getOriginalMessage());
        }
        if (node == null || !node.isObject()) {
            return List.of("is no JSON object");
        }
        List<String> faults = new ArrayList<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (component(name).isEmpty()) {
                faults.add("names an unknown parameter: " + name);
            }
        }
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode value = node.get(component.getName());
            Param param = component.getAnnotation(Param.class);
            if (value != null) {
                valueFault(component, value).ifPresent(fault -> faults.add(component.getName() + " " + fault));
            } else if (param != null && param.required() && param.defaultValue().isEmpty()) {
                faults.add("lacks the required " + component.getName());
            }
        }
        return faults;
    }

    private Optional<RecordComponent> component(String name) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst();
    }

    private static List<String> paramFaults(RecordComponent component, Param param) {
        List<String> faults = new ArrayList<>();
        Class<?> raw = component.getType();
        for (String bound : List.of(param.minimum(), param.maximum())) {
            if (!bound.isEmpty() && decimal(bound).isEmpty()) {
                faults.add("a bound is no decimal number: " + bound);
            }
        }
        try {
            Pattern.compile(param.pattern());
        } catch (PatternSyntaxException e) {
            faults.add("the pattern does not compile: " + e.getDescription());
        }
        if ((param.format() == Format.AMOUNT || param.format() == Format.PERCENT)
                && raw != BigDecimal.class
                && raw != String.class) {
            faults.add("an amount or a percentage is a BigDecimal or a decimal text");
        }
        if (!param.required() && param.defaultValue().isEmpty() && raw.isPrimitive()) {
            faults.add("it may be left out, so it must be able to be null");
        }
        if (faults.isEmpty() && !param.defaultValue().isEmpty()) {
            defaultFault(component, param.defaultValue()).ifPresent(fault -> faults.add("the default value " + fault));
        }
        return faults;
    }

    private static Optional<String> defaultFault(RecordComponent component, String json) {
        try {
            return valueFault(component, JSON.readTree(json));
        } catch (JsonProcessingException e) {
            return Optional.of("is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Optional<String> valueFault(RecordComponent component, JsonNode value) {
        if (!fits(component.getGenericType(), value)) {
            return Optional.of("does not fit its type: " + value);
        }
        Param param = component.getAnnotation(Param.class);
        if (param == null || !value.isValueNode()) {
            return Optional.empty();
        }
        String text = value.asText();
        if (!param.pattern().isEmpty() && !text.matches(param.pattern())) {
            return Optional.of("does not match its pattern: " + value);
        }
        Optional<BigDecimal> number = decimal(text);
        boolean low = number.isPresent() && isBeyond(param.minimum(), number.get(), -1);
        boolean high = number.isPresent() && isBeyond(param.maximum(), number.get(), 1);
        return low || high ? Optional.of("is out of its bounds: " + value) : Optional.empty();
    }

    private static boolean isBeyond(String bound, BigDecimal value, int direction) {
        return decimal(bound).map(limit -> value.compareTo(limit) == direction).orElse(false);
    }

    private static boolean fits(Type type, JsonNode value) {
        if (type instanceof ParameterizedType list) {
            Type element = list.getActualTypeArguments()[0];
            return value.isArray() && value.valueStream().allMatch(item -> fits(element, item));
        }
        Class<?> raw = (Class<?>) type;
        if (WHOLE.contains(raw)) {
            return value.isIntegralNumber() && value.canConvertToLong();
        }
        if (EXACT.contains(raw)) {
            return (value.isNumber() || value.isTextual()) && isExact(raw, value.asText());
        }
        if (raw == String.class) {
            return value.isTextual() && value.asText().length() <= MAX_TEXT;
        }
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .anyMatch(constant -> ((Enum<?>) constant).name().equals(value.asText()));
        }
        if (raw.isRecord()) {
            return new RequestShape(raw).faultsOf(value.toString()).isEmpty();
        }
        return value.isBoolean();
    }

    private static boolean isExact(Class<?> raw, String text) {
        return decimal(text)
                .map(number ->
                        raw == BigDecimal.class || number.stripTrailingZeros().scale() <= 0)
                .orElse(false);
    }

    private static boolean isSchemable(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class && isSchemable(generic.getActualTypeArguments()[0]);
        }
        if (!(type instanceof Class<?> raw)) {
            return false;
        }
        return WHOLE.contains(raw)
                || EXACT.contains(raw)
                || PLAIN.contains(raw)
                || raw.isEnum()
                || raw.isRecord() && new RequestShape(raw).faults().isEmpty();
    }

    private static Optional<BigDecimal> decimal(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
