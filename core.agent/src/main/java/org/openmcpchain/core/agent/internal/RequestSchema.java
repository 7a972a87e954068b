/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;

/**
 * Derives the JSON Schema (draft 2020-12) of a request record from its components and their {@link Param} annotations.
 * One instance for each registration of a tool: the generator remembers the types it has seen.
 */
final class RequestSchema {

    static final int MAX_TEXT = 4_000;
    static final int MAX_ITEMS = 100;

    /** An exact number as text: no exponent, so that nobody can make it astronomically long in few characters. */
    static final String DECIMAL = "^-?[0-9]{1,60}(\\.[0-9]{1,60})?$";

    static final String INTEGER = "^-?[0-9]{1,78}$";

    private static final Map<String, String> PATTERNS = Map.of(
            Format.ADDRESS.keyword(), "^(0x[0-9a-fA-F]{40}|(?!0[xX])\\S{1,255})$",
            Format.DURATION.keyword(), "^P(?!$)([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]{1,9})?S)?)?$");

    private final ObjectMapper mapper;
    private final SchemaGenerator generator;

    RequestSchema(ObjectMapper mapper) {
        this.mapper = mapper;
        this.generator = new SchemaGenerator(configuration(mapper).build());
    }

    /** The schema of a request, or of an operation that takes none. */
    ObjectNode of(Optional<Class<?>> request) {
        if (request.isPresent()) {
            ObjectNode schema = generator.generateSchema(request.get());
            schema.path("properties").forEach(RequestSchema::complete);
            return schema;
        }
        ObjectNode schema = mapper.createObjectNode();
        schema.put("$schema", SchemaVersion.DRAFT_2020_12.getIdentifier()).put("type", "object");
        schema.putObject("properties");
        return schema.put("additionalProperties", false);
    }

    private SchemaGeneratorConfigBuilder configuration(ObjectMapper objectMapper) {
        var builder =
                new SchemaGeneratorConfigBuilder(objectMapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
        builder.with(
                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                Option.INLINE_ALL_SCHEMAS,
                Option.FLATTENED_OPTIONALS);
        builder.forTypesInGeneral()
                .withPropertySorter((one, other) -> 0) // as declared
                .withCustomDefinitionProvider((type, context) -> definition(type, context));
        builder.forFields()
                .withRequiredCheck(RequestSchema::required)
                .withNullableCheck(field -> false)
                .withInstanceAttributeOverride(this::describe);
        return builder;
    }

    private static CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        ObjectNode node = context.getGeneratorConfig().createObjectNode();
        if (raw == BigDecimal.class) {
            node.putArray("type").add("string").add("number");
        } else if (raw == BigInteger.class) {
            node.putArray("type").add("string").add("integer");
        } else if (raw == Duration.class) {
            node.put("type", "string").put("format", "duration");
        } else if (raw == Instant.class) {
            node.put("type", "string").put("format", "date-time");
        } else {
            return null;
        }
        return new CustomDefinition(node, true);
    }

    private static boolean required(FieldScope field) {
        Param param = param(field);
        boolean optionalType = field.getDeclaredType().getErasedType() == Optional.class;
        return param == null
                ? !optionalType
                : param.required() && param.defaultValue().isEmpty() && !optionalType;
    }

    private void describe(ObjectNode node, FieldScope field, SchemaGenerationContext context) {
        Param param = param(field);
        if (param != null) {
            node.put("description", param.value());
            if (param.format() != Format.TEXT) {
                node.put("format", param.format().keyword());
            }
            applyLimits(node, param);
        }
    }

    private void applyLimits(ObjectNode node, Param param) {
        if (!param.defaultValue().isEmpty()) {
            node.set("default", parse(param.defaultValue()));
        }
        if (!param.minimum().isEmpty()) {
            node.put("minimum", new BigDecimal(param.minimum()));
        }
        if (!param.maximum().isEmpty()) {
            node.put("maximum", new BigDecimal(param.maximum()));
        }
        if (!param.pattern().isEmpty()) {
            node.put("pattern", "^(?:" + param.pattern() + ")$");
        }
    }

    /** What follows from type and format together; and nothing that a model writes stays unbounded. */
    private static void complete(JsonNode schema) {
        if (!(schema instanceof ObjectNode node)) {
            return;
        }
        if (node.path("type").asText().equals("string")) {
            complete(node, node.path("format").asText());
        }
        String types = node.path("type").toString();
        if (types.contains("\"string\"") && !node.has("enum")) {
            node.put("maxLength", MAX_TEXT);
            if (!node.has("pattern") && types.contains(",")) {
                node.put("pattern", types.contains("\"number\"") ? DECIMAL : INTEGER);
            }
        } else if (types.contains("\"array\"")) {
            node.put("maxItems", MAX_ITEMS);
        }
        complete(node.path("items"));
        node.path("properties").forEach(RequestSchema::complete);
    }

    private static void complete(ObjectNode text, String format) {
        switch (format) {
            case "amount", "percent" -> text.putArray("type").add("string").add("number");
            case "id" -> text.putArray("type").add("string").add("integer");
            default -> {
                if (PATTERNS.containsKey(format) && !text.has("pattern")) {
                    text.put("pattern", PATTERNS.get(format));
                }
            }
        }
    }

    private static Param param(MemberScope<?, ?> member) {
        return member instanceof FieldScope field ? field.getAnnotationConsideringFieldAndGetter(Param.class) : null;
    }

    private JsonNode parse(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a default value is not JSON: " + json, e);
        }
    }
}
