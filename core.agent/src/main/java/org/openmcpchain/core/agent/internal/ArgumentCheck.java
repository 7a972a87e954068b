/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.regex.RegularExpression;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/**
 * Checks what a model wrote against a schema before a tool sees it. Thread-safe.
 *
 * <p>Exact numbers ({@code "type": ["string", "number"]}) are checked as numbers and handed on as text, so a model may
 * write either and no digit is lost on the way.
 */
final class ArgumentCheck {

    static final int MAX_CHARACTERS = 32_768;

    private static final int MAX_DIGITS = 120;
    private static final int MAX_PROBLEMS = 5;
    private static final Pattern EXACT = Pattern.compile(RequestSchema.DECIMAL);

    private final ObjectMapper mapper;
    private final ObjectNode schema;
    private final JsonSchema validator;

    ArgumentCheck(ObjectMapper mapper, ObjectNode schema) {
        this.mapper = mapper;
        this.schema = schema;
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(false) // formats say how to read a value; patterns say what it may be
                .locale(Locale.ROOT)
                .regularExpressionFactory(ArgumentCheck::wholeText)
                .build();
        this.validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema, config);
        this.validator.initializeValidators();
    }

    /**
     * The arguments, ready for the tool.
     *
     * <p>Error: {@code TOOL_ARGUMENTS_INVALID} with a detail that says what to correct.
     */
    CheckedArguments check(String json) {
        ObjectNode values = parse(json);
        refuseEndlessNumbers(values);
        fillDefaults(values);
        ObjectNode asNumbers = values.deepCopy(); // limits hold for numbers, patterns for texts: both are checked
        rewrite(asNumbers, schema, this::toNumber);
        refuseMisfits(asNumbers);
        rewrite(values, schema, this::toText);
        refuseMisfits(values);
        String canonical = CanonicalJson.of(values.toString());
        return new CheckedArguments(values, canonical, Digests.sha256(canonical));
    }

    /** Every pattern that {@link RequestSchema} writes is for the whole text; Java's $ alone would let a line feed follow. */
    private static RegularExpression wholeText(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> matches(pattern, text);
    }

    /** The pattern is a tool author's, the text is a model's: together they must not hold the thread, nor break its stack. */
    private static boolean matches(Pattern pattern, String text) {
        try {
            return pattern.matcher(new CostedText(text)).matches();
        } catch (CostedText.TooCostly | StackOverflowError e) {
            throw invalid("a text of " + text.length() + " characters takes too long to compare with the pattern "
                    + Texts.bounded(pattern.pattern(), 300) + "; write it shorter");
        }
    }

    private ObjectNode parse(String json) {
        String text = json == null || json.isBlank() ? "{}" : json;
        if (text.length() > MAX_CHARACTERS) {
            throw invalid("the arguments are longer than " + MAX_CHARACTERS + " characters");
        }
        try {
            if (mapper.readTree(text) instanceof ObjectNode values) {
                return values;
            }
        } catch (JsonProcessingException e) {
            throw invalid("the arguments are not valid JSON");
        }
        throw invalid("the arguments are not a JSON object");
    }

    /** Few characters can name a number of a billion digits; arithmetic on it would take the host's memory. */
    private static void refuseEndlessNumbers(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
                throw invalid("a number has more than " + MAX_DIGITS + " digits");
            }
        }
        node.forEach(ArgumentCheck::refuseEndlessNumbers);
    }

    /** A null is what models write for "not given". */
    private void fillDefaults(ObjectNode values) {
        for (Iterator<JsonNode> each = values.elements(); each.hasNext(); ) {
            if (each.next().isNull()) {
                each.remove();
            }
        }
        schema.path("properties").properties().forEach(property -> {
            JsonNode value = property.getValue().get("default");
            if (value != null && !values.has(property.getKey())) {
                values.set(property.getKey(), value);
            }
        });
    }

    private void refuseMisfits(ObjectNode values) {
        var problems = validator.validate(values);
        if (!problems.isEmpty()) {
            throw invalid(problems.stream()
                    .limit(MAX_PROBLEMS)
                    .map(problem -> Texts.bounded(problem.getMessage(), 300))
                    .collect(Collectors.joining("; ")));
        }
    }

    private interface Rewriting {
        JsonNode exact(JsonNode value);
    }

    private void rewrite(JsonNode node, JsonNode schemaNode, Rewriting rewriting) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                JsonNode memberSchema = schemaNode.path("properties").path(member.getKey());
                member.setValue(rewritten(member.getValue(), memberSchema, rewriting));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, rewritten(array.get(i), schemaNode.path("items"), rewriting));
            }
        }
    }

    private JsonNode rewritten(JsonNode value, JsonNode schemaNode, Rewriting rewriting) {
        if (value.isContainerNode()) {
            rewrite(value, schemaNode, rewriting);
            return value;
        }
        return isExact(schemaNode) ? rewriting.exact(value) : value;
    }

    private static boolean isExact(JsonNode schemaNode) {
        return schemaNode.path("type").isArray() && schemaNode.path("pattern").isTextual();
    }

    private JsonNode toNumber(JsonNode value) {
        boolean number = value.isTextual() && EXACT.matcher(value.asText()).matches();
        return number ? mapper.getNodeFactory().numberNode(new BigDecimal(value.asText())) : value;
    }

    private JsonNode toText(JsonNode value) {
        return value.isNumber()
                ? mapper.getNodeFactory().textNode(value.decimalValue().toPlainString())
                : value;
    }

    private static HostException invalid(String detail) {
        return HostException.of(ToolError.TOOL_ARGUMENTS_INVALID, "detail", detail);
    }
}
