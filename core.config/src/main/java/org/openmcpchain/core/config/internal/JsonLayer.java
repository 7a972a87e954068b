/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.openmcpchain.config.ConfiguredPid.Source;

/** Reads {@code openmcp.json}. A number is the text that stands in the file, so that nothing is rounded. */
final class JsonLayer {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final Layers.Builder layers;

    JsonLayer(String name, Layers.Builder layers) {
        this.name = name;
        this.layers = layers;
    }

    void read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                layers.problem(Problem.unreadable(place(parser), "must be an object from PID to keys"));
                return;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                pid(parser);
            }
            if (parser.nextToken() != null) {
                layers.problem(Problem.unreadable(place(parser), "has something behind its end"));
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            layers.problem(Problem.unreadable(name + ":" + line, "is not JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pid(JsonParser parser) throws IOException {
        String pid = parser.currentName();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            layers.problem(Problem.invalid(pid, "", "", "must be an object from key to value", place(parser)));
            parser.skipChildren();
            return;
        }
        layers.mention(pid);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            key(pid, parser);
        }
    }

    private void key(String pid, JsonParser parser) throws IOException {
        String key = parser.currentName();
        JsonToken token = parser.nextToken();
        String place = place(parser);
        if (token == JsonToken.VALUE_NULL) {
            layers.problem(Problem.invalid(pid, key, "", "has no value; leave the key out instead", place));
        } else if (token.isScalarValue()) {
            layers.set(pid, key, Given.plain(parser.getText(), Source.FILE, place));
        } else {
            List<String> items = token == JsonToken.START_ARRAY ? items(parser) : null;
            if (items == null) {
                layers.problem(Problem.invalid(pid, key, "", "must be a value or a list of values", place));
                parser.skipChildren();
            } else {
                layers.set(pid, key, new Given(items, true, Source.FILE, place));
            }
        }
    }

    /** The items of a list of values, or null when it holds anything else; the list is read to its end either way. */
    private static List<String> items(JsonParser parser) throws IOException {
        List<String> items = new ArrayList<>();
        boolean plain = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonToken token = parser.currentToken();
            plain &= token.isScalarValue() && token != JsonToken.VALUE_NULL;
            items.add(parser.getText());
            parser.skipChildren();
        }
        return plain ? items : null;
    }

    private String place(JsonParser parser) {
        return name + ":" + parser.currentTokenLocation().getLineNr();
    }
}
