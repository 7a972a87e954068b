/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;

/**
 * A signal that has passed its checks.
 *
 * @param text something that the agent is told, or empty
 * @param parameters the values by their names
 */
record SteerSignal(String text, Map<String, Object> parameters) {

    private static final int MAX_TEXT = 4000;
    private static final int MAX_PARAMETERS = 16 * 1024;
    private static final int MAX_NAME = 64;
    private static final int MAX_ROUNDS = 100;
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9-]{1,32}");

    /** Reads a signal. Error: {@code SIGNAL_INVALID} with the field. */
    static SteerSignal of(String text, String parameters) {
        String words = text == null ? "" : text;
        refuseUnless(words.length() <= MAX_TEXT && PlainText.isStorable(words), "text", "at most 4,000 characters");
        SteerSignal signal = new SteerSignal(words, values(parameters == null ? "{}" : parameters));
        refuseUnless(!words.isBlank() || !signal.parameters.isEmpty(), "text", "a text or a parameter is needed");
        return signal;
    }

    private static Map<String, Object> values(String json) {
        boolean fits =
                json.length() <= MAX_PARAMETERS && json.getBytes(StandardCharsets.UTF_8).length <= MAX_PARAMETERS;
        JsonNode object = fits ? JsonText.read(json).orElse(null) : null;
        refuseUnless(object != null && object.isObject(), "parameters", "a JSON object of at most 16 KiB");
        Map<String, Object> values = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JsonNode>> fields = object.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            values.put(field.getKey(), value(field.getKey(), field.getValue()));
        }
        return values;
    }

    private static Object value(String name, JsonNode value) {
        switch (name) {
            case "maxRounds":
                boolean inBounds = value.isInt() && value.intValue() >= 1 && value.intValue() <= MAX_ROUNDS;
                refuseUnless(inBounds, "parameters.maxRounds", "a whole number from 1 to 100");
                return value.intValue();
            case "inferenceProvider":
                refuseUnless(
                        value.isTextual() && PROVIDER.matcher(value.textValue()).matches(),
                        "parameters.inferenceProvider",
                        "the id of a provider: 1 to 32 of a-z 0-9 -");
                return value.textValue();
            case "answer":
                boolean isText = value.isTextual()
                        && !value.textValue().isBlank()
                        && value.textValue().length() <= MAX_TEXT
                        && PlainText.isStorable(value.textValue());
                refuseUnless(isText, "parameters.answer", "1 to 4,000 characters, not only blanks");
                return value.textValue();
            default:
                throw invalid("parameters." + PlainText.of(name, MAX_NAME), "is not known");
        }
    }

    private static void refuseUnless(boolean condition, String field, String rule) {
        if (!condition) {
            throw invalid(field, rule);
        }
    }

    /** A signal that cannot be read because of a field. */
    static HostException invalid(String field, String rule) {
        return HostException.of(RunError.SIGNAL_INVALID, "field", field, "detail", field + ": " + rule);
    }
}
