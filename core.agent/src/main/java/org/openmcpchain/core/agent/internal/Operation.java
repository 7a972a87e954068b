/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolDescriptor;

/** One method of an installed tool, ready to be called. Thread-safe. */
final class Operation {

    static final int MAX_RESULT = 256 * 1024;

    private final ToolDescriptor descriptor;
    private final ToolSpecification specification;
    private final String schemaHash;
    private final String digest;
    private final Tool tool;
    private final Method method;
    private final Optional<Class<?>> request;
    private final boolean wantsContext;
    private final ArgumentCheck arguments;
    private final ObjectMapper mapper;

    Operation(
            ToolDescriptor descriptor, Tool tool, OperationShape shape, ArgumentCheck arguments, ObjectMapper mapper) {
        this.descriptor = descriptor;
        this.specification = ToolSpecifications.of(descriptor);
        this.schemaHash = CanonicalJson.sha256(descriptor.inputSchema());
        this.digest = digest(descriptor, schemaHash);
        this.tool = tool;
        this.method = shape.method();
        this.request = shape.request();
        this.wantsContext = shape.wantsContext();
        this.arguments = arguments;
        this.mapper = mapper;
    }

    ToolDescriptor descriptor() {
        return descriptor;
    }

    ToolSpecification specification() {
        return specification;
    }

    /** SHA-256 of the schema's canonical JSON, lower-case hex. */
    String schemaHash() {
        return schemaHash;
    }

    /** SHA-256 of the canonical JSON of name, description, examples and schema hash: what a model is told of it. */
    String digest() {
        return digest;
    }

    /** How many bytes name, description and schema take. */
    long bytes() {
        return (descriptor.name() + descriptor.description() + descriptor.inputSchema())
                .getBytes(StandardCharsets.UTF_8)
                .length;
    }

    private static String digest(ToolDescriptor descriptor, String schemaHash) {
        return Digests.sha256(CanonicalJson.of(Map.of(
                "name",
                descriptor.name(),
                "description",
                descriptor.description(),
                "effect",
                descriptor.effect(),
                "examples",
                descriptor.examples().stream()
                        .map(example -> Map.of("goal", example.goal(), "arguments", example.arguments()))
                        .toList(),
                "schemaHash",
                schemaHash)));
    }

    /** Error: {@code TOOL_ARGUMENTS_INVALID}. */
    CheckedArguments check(String json) {
        CheckedArguments checked = arguments.check(json);
        read(checked); // a record can refuse values that fit the schema
        return checked;
    }

    /**
     * Calls the tool on this thread.
     *
     * <p>Errors: {@code TOOL_ARGUMENTS_INVALID}, {@code TOOL_RESULT_INVALID}, and whatever the tool throws.
     *
     * @return the result as JSON text
     */
    String call(CheckedArguments checked, ToolContext context) throws Throwable {
        Optional<Object> record = read(checked);
        Object result;
        try {
            result = method.invoke(tool, parameters(record, context));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        return write(result);
    }

    private Object[] parameters(Optional<Object> record, ToolContext context) {
        if (record.isEmpty()) {
            return new Object[] {context};
        }
        return wantsContext ? new Object[] {record.get(), context} : new Object[] {record.get()};
    }

    private Optional<Object> read(CheckedArguments checked) {
        try {
            return request.isEmpty()
                    ? Optional.empty()
                    : Optional.of(mapper.treeToValue(checked.values(), request.get()));
        } catch (JsonProcessingException e) {
            // The original message holds class names and source locations.
            throw HostException.of(ToolError.TOOL_ARGUMENTS_INVALID, "detail", reason(e));
        }
    }

    private static String reason(JsonProcessingException e) {
        Throwable cause = e.getCause();
        boolean refusedByRecord = cause instanceof IllegalArgumentException && cause.getMessage() != null;
        return refusedByRecord
                ? Texts.bounded(cause.getMessage(), 500)
                : "a value does not have the form that the tool expects";
    }

    private String write(Object result) {
        if (result == null) {
            throw invalidResult("the tool returned nothing");
        }
        LimitedText text = new LimitedText(MAX_RESULT);
        try {
            mapper.writeValue(text, result);
            return CanonicalJson.of(Texts.wellFormed(text.toString()));
        } catch (IOException | HostException | StackOverflowError e) {
            boolean tooLong = e instanceof LimitedText.TooLong || e.getCause() instanceof LimitedText.TooLong;
            throw invalidResult(
                    tooLong
                            ? "the result is longer than " + MAX_RESULT + " characters"
                            : "the result cannot be written as JSON");
        }
    }

    private static HostException invalidResult(String detail) {
        return HostException.of(ToolError.TOOL_RESULT_INVALID, "detail", detail);
    }
}
