/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ProofError;

/** Reads what the journal itself has written: objects of texts, lists and objects; numbers come as texts. */
final class RowJson {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 32 << 20;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxDocumentLength(2L * MAX_TEXT)
                    .build())
            .build();

    private RowJson() {}

    /** Reads an object; members that are null are left out. Error: {@code JSON_NOT_CANONICAL}. */
    static Map<String, Object> object(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw HostException.of(ProofError.JSON_NOT_CANONICAL, "detail", "it is no JSON object");
            }
            return members(parser);
        } catch (IOException e) {
            throw HostException.caused(e, ProofError.JSON_NOT_CANONICAL, "detail", "it is no well-formed JSON");
        }
    }

    /** The text of a member. Error: {@code JSON_NOT_CANONICAL} when it is not there. */
    static String text(Map<String, Object> object, String name) {
        if (object.get(name) instanceof String text) {
            return text;
        }
        throw HostException.of(ProofError.JSON_NOT_CANONICAL, "detail", "a member is missing", "member", name);
    }

    /** The whole number of a member. Error: {@code JSON_NOT_CANONICAL}. */
    static long number(Map<String, Object> object, String name) {
        try {
            return Long.parseLong(text(object, name));
        } catch (NumberFormatException e) {
            throw HostException.caused(
                    e, ProofError.JSON_NOT_CANONICAL, "detail", "not a whole number", "member", name);
        }
    }

    private static Map<String, Object> members(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Object value = value(parser, parser.nextToken());
            if (value != null) {
                object.put(name, value);
            }
        }
        return object;
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        if (token == null) {
            throw new IOException("the text ends too early");
        }
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static List<Object> items(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token));
        }
        return list;
    }
}
