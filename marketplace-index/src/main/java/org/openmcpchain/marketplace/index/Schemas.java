/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.marketplace.index;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The dated schemas that came with this generator: nothing that they refuse goes in or out. */
final class Schemas {

    /** The date of the schemas that are written. Schemas are never edited; a change is a new date. */
    static final String DATE = "2026-11-20";

    private final ObjectMapper json = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    static String id(String name) {
        return "urn:openmcpchain:schema:" + DATE + ":" + name;
    }

    JsonNode read(Path file, String schema) {
        try {
            return check(json.readTree(Files.readAllBytes(file)), schema, file.toString());
        } catch (IOException e) {
            throw new IndexException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    JsonNode check(JsonNode node, String schema, String what) {
        Set<String> problems = new TreeSet<>();
        for (ValidationMessage message :
                schemas.computeIfAbsent(schema, this::load).validate(node)) {
            problems.add(message.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new IndexException(what + " is not a valid " + schema + " record: " + String.join("; ", problems));
        }
        return node;
    }

    ObjectMapper json() {
        return json;
    }

    private JsonSchema load(String name) {
        String resource = "/schemas/" + DATE + "/" + name + ".schema.json";
        try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
            return factory.getSchema(json.readTree(in));
        } catch (IOException e) {
            throw new IndexException("the schema " + name + " is missing", e);
        }
    }
}
