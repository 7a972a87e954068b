/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ProofError;

/**
 * JSON as maps, lists, texts and booleans, read strictly: no duplicate names, no comments, nothing behind the end,
 * nested at most 64 deep. Numbers and nulls become {@link Stray}, because a receipt has none.
 */
public final class Json {

    private static final int MAX_DEPTH = 64;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(ReceiptFormat.MAX_BYTES)
                    .maxDocumentLength(ReceiptFormat.MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** A value that has no place in a receipt: a number or null, as it is written. */
    public record Stray(String written) {}

    /**
     * Reads an object.
     *
     * <p>Error: {@code JSON_NOT_CANONICAL}, with what is wrong as {@code detail}.
     */
    public static Map<String, Object> object(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw HostException.of(ProofError.JSON_NOT_CANONICAL, "detail", "it is no JSON object");
            }
            Map<String, Object> object = readObject(parser);
            if (parser.nextToken() != null) {
                throw HostException.of(ProofError.JSON_NOT_CANONICAL, "detail", "something follows the JSON object");
            }
            return object;
        } catch (IOException e) {
            throw HostException.caused(e, ProofError.JSON_NOT_CANONICAL, "detail", "it is no well-formed JSON");
        }
    }

    /** Where numbers and nulls stand, as {@code a.b[2]}. */
    public static List<String> strays(String path, Object tree) {
        List<String> found = new ArrayList<>();
        if (tree instanceof Stray) {
            found.add(path);
        } else if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> found.addAll(strays(path.isEmpty() ? "" + name : path + "." + name, value)));
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                found.addAll(strays(path + "[" + i + "]", list.get(i)));
            }
        }
        return found;
    }

    private static Map<String, Object> readObject(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, readValue(parser));
        }
        return object;
    }

    private static List<Object> readArray(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(readValue(parser));
        }
        return array;
    }

    private static Object readValue(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> new Stray(parser.getText());
        };
    }
}
