/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.tool.Example;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolDescriptor;
import org.openmcpchain.tool.ToolDescriptor.GoalExample;
import org.openmcpchain.tool.ToolOperation;

/** Reads what a tool can do from its annotations. What is wrong with it is collected in words for the log. */
final class ToolInspection {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,24}");
    private static final int MAX_EXAMPLES = 16;
    private static final int MAX_GOAL = 500;

    private final String toolName;
    private final Tool tool;
    private final BundleRef bundle;
    private final ObjectMapper mapper = ToolJson.mapper();
    private final RequestSchema schemas = new RequestSchema(mapper);
    private final List<Operation> operations = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private ToolInspection(String toolName, Tool tool, BundleRef bundle) {
        this.toolName = toolName;
        this.tool = tool;
        this.bundle = bundle;
    }

    static ToolInspection of(Object toolName, Tool tool, BundleRef bundle) {
        ToolInspection inspection = new ToolInspection(String.valueOf(toolName), tool, bundle);
        if (toolName instanceof String name && NAME.matcher(name).matches()) {
            inspection.read();
        } else {
            inspection.problems.add("its service property " + Tool.NAME + " is not 1 to 24 of a-z and 0-9");
        }
        return inspection;
    }

    /** What can be called, ordered by name. */
    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** What the tool's author should change. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void read() {
        Set<String> names = new HashSet<>();
        List<Method> methods = Arrays.stream(tool.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(ToolOperation.class) && !method.isBridge())
                .sorted(Comparator.comparing(Method::toString))
                .toList();
        for (Method method : methods) {
            ToolOperation annotation = method.getAnnotation(ToolOperation.class);
            try {
                if (names.add(annotation.name())) {
                    operations.add(operation(method, annotation));
                } else {
                    problems.add("two methods are named " + annotation.name());
                }
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                problems.add("method " + method.getName() + ": " + reason(e));
            }
        }
        if (methods.isEmpty()) {
            problems.add("it has no public method with @ToolOperation");
        }
        operations.sort(Comparator.comparing(operation -> operation.descriptor().name()));
    }

    private Operation operation(Method method, ToolOperation annotation) {
        OperationShape shape = OperationShape.of(method, annotation);
        ObjectNode schema = schemas.of(shape.request());
        String name = toolName + "_" + annotation.name();
        ToolDescriptor descriptor = new ToolDescriptor(
                name,
                annotation.description().strip(),
                annotation.effect(),
                schema.toString(),
                examples(name, annotation.examples()),
                annotation.deadlineSeconds(),
                bundle);
        return new Operation(descriptor, tool, shape, new ArgumentCheck(mapper, schema), mapper);
    }

    private List<GoalExample> examples(String name, Example[] examples) {
        List<GoalExample> good = new ArrayList<>();
        for (Example example : examples) {
            boolean bounded = !example.goal().isBlank() && example.goal().length() <= MAX_GOAL;
            if (bounded && good.size() < MAX_EXAMPLES && isObject(example.arguments())) {
                good.add(new GoalExample(example.goal(), example.arguments()));
            } else {
                problems.add("an example of " + name
                        + " is left out: it has no goal, is too long, or its arguments are not a" + " JSON object");
            }
        }
        return good;
    }

    private boolean isObject(String json) {
        try {
            JsonNode node = mapper.readTree(json);
            return node.isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static String reason(Throwable e) {
        return e instanceof IllegalArgumentException && e.getMessage() != null
                ? e.getMessage()
                : "its types cannot be described (" + e.getClass().getSimpleName() + ")";
    }
}
