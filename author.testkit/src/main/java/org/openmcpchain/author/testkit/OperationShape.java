/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openmcpchain.tool.Example;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolOperation;

/** Whether a method can be offered to agents. */
final class OperationShape {

    private static final int MIN_DESCRIPTION = 20;
    private static final int MAX_DEADLINE_SECONDS = 600;
    private static final Set<Class<?>> RESULT_TYPES = Set.of(
            String.class,
            boolean.class,
            Boolean.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            BigInteger.class);

    private final Method method;
    private final ToolOperation operation;

    OperationShape(Method method) {
        this.method = method;
        this.operation = method.getAnnotation(ToolOperation.class);
    }

    String name() {
        return operation.name();
    }

    ToolOperation operation() {
        return operation;
    }

    /** What keeps agents from finding, understanding and calling it. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (!operation.name().matches("[a-z0-9_]{1,32}")) {
            faults.add("the name is not 1 to 32 of a-z, 0-9 and _");
        }
        if (operation.description().strip().length() < MIN_DESCRIPTION) {
            faults.add("the description has fewer than " + MIN_DESCRIPTION + " characters");
        }
        if (operation.deadlineSeconds() < 1 || operation.deadlineSeconds() > MAX_DEADLINE_SECONDS) {
            faults.add("the deadline is not 1 to " + MAX_DEADLINE_SECONDS + " seconds");
        }
        if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            faults.add("the method is not a public instance method");
        }
        faults.addAll(signatureFaults());
        faults.addAll(exampleFaults());
        return faults.stream().map(fault -> name() + ": " + fault).toList();
    }

    private List<String> signatureFaults() {
        List<String> faults = new ArrayList<>();
        List<Class<?>> taken = new ArrayList<>(List.of(method.getParameterTypes()));
        if (!taken.isEmpty() && taken.get(0).isRecord()) {
            faults.addAll(new RequestShape(taken.remove(0)).faults());
        }
        if (!taken.isEmpty() && taken.get(0) == ToolContext.class) {
            taken.remove(0);
        }
        if (!taken.isEmpty()) {
            faults.add("the method takes something else than a request record and a ToolContext, in this order");
        }
        if (!method.getReturnType().isRecord()) {
            faults.add("the method does not return a record");
        } else {
            faults.addAll(resultFaults(method.getReturnType()));
        }
        return faults;
    }

    private static List<String> resultFaults(Class<?> type) {
        List<String> faults = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isJournalable(component.getGenericType())) {
                faults.add(type.getSimpleName() + "." + component.getName() + " cannot be journaled: "
                        + component.getGenericType().getTypeName()
                        + " (use whole numbers, text for decimals, booleans, enums, records, lists and maps)");
            }
        }
        return faults;
    }

    private static boolean isJournalable(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class && isJournalable(arguments[0])
                    || generic.getRawType() == Map.class && arguments[0] == String.class && isJournalable(arguments[1]);
        }
        if (!(type instanceof Class<?> raw)) {
            return false;
        }
        return RESULT_TYPES.contains(raw)
                || raw.isEnum()
                || raw.isRecord() && resultFaults(raw).isEmpty();
    }

    private List<String> exampleFaults() {
        if (operation.examples().length == 0) {
            return List.of("it has no example; planners and models learn from examples");
        }
        List<String> faults = new ArrayList<>();
        for (Example example : operation.examples()) {
            if (example.goal().isBlank()) {
                faults.add("an example has no goal");
            }
            argumentFaults(example.arguments())
                    .forEach(fault -> faults.add("the example \"" + example.goal() + "\" " + fault));
        }
        return faults;
    }

    private List<String> argumentFaults(String arguments) {
        Class<?>[] taken = method.getParameterTypes();
        if (taken.length > 0 && taken[0].isRecord()) {
            return new RequestShape(taken[0]).faultsOf(arguments);
        }
        return arguments.strip().equals("{}") ? List.of() : List.of("has arguments, but the operation takes none");
    }
}
