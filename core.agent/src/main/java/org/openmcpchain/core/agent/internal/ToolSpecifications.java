/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.openmcpchain.tool.ToolDescriptor;

/**
 * Puts a tool's operation into LangChain4j's terms. What its schema model cannot say (formats, limits, exact numbers) goes
 * into the descriptions for models, and whole into the metadata for providers that can read a JSON Schema.
 */
final class ToolSpecifications {

    static final String SCHEMA = "openmcp.schema";
    static final String EXAMPLES = "openmcp.examples";
    static final String EFFECT = "openmcp.effect";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ToolSpecifications() {}

    static ToolSpecification of(ToolDescriptor descriptor) {
        List<Map<String, String>> examples = descriptor.examples().stream()
                .map(example -> Map.of("goal", example.goal(), "arguments", example.arguments()))
                .toList();
        return ToolSpecification.builder()
                .name(descriptor.name())
                .description(descriptor.description())
                .parameters(parameters(descriptor.inputSchema()))
                .addMetadata(SCHEMA, descriptor.inputSchema())
                .addMetadata(EXAMPLES, examples)
                .addMetadata(EFFECT, descriptor.effect().name())
                .build();
    }

    private static JsonObjectSchema parameters(String schema) {
        try {
            return object(JSON.readTree(schema), null);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a generated schema is JSON", e);
        }
    }

    private static JsonObjectSchema object(JsonNode schema, String description) {
        JsonObjectSchema.Builder builder =
                JsonObjectSchema.builder().description(description).additionalProperties(false);
        schema.path("properties")
                .properties()
                .forEach(property -> builder.addProperty(property.getKey(), element(property.getValue())));
        return builder.required(texts(schema.path("required"))).build();
    }

    private static JsonSchemaElement element(JsonNode schema) {
        String description = describe(schema);
        if (schema.has("enum")) {
            return JsonEnumSchema.builder()
                    .enumValues(texts(schema.path("enum")))
                    .description(description)
                    .build();
        }
        return switch (schema.path("type").asText("string")) {
            case "object" -> object(schema, description);
            case "array" -> JsonArraySchema.builder()
                    .items(element(schema.path("items")))
                    .description(description)
                    .build();
            case "integer" -> JsonIntegerSchema.builder()
                    .description(description)
                    .build();
            case "number" -> JsonNumberSchema.builder().description(description).build();
            case "boolean" -> JsonBooleanSchema.builder()
                    .description(description)
                    .build();
            default -> JsonStringSchema.builder().description(description).build();
        };
    }

    private static String describe(JsonNode schema) {
        List<String> words = new ArrayList<>();
        if (schema.path("type").isArray()) {
            words.add("an exact number as text");
        }
        for (String keyword : List.of("format", "default", "minimum", "maximum")) {
            if (schema.has(keyword)) {
                words.add(keyword + " " + schema.path(keyword).asText());
            }
        }
        String description = schema.path("description").asText("");
        return words.isEmpty() ? description : (description + " (" + String.join(", ", words) + ")").strip();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
