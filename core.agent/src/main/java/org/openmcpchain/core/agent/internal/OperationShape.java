/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolOperation;

/**
 * What a method with {@link ToolOperation} must look like.
 *
 * @param method the method, accessible
 * @param request the request record that it takes, or empty
 * @param wantsContext whether it takes a {@link ToolContext}
 */
record OperationShape(Method method, Optional<Class<?>> request, boolean wantsContext) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,32}");
    private static final int MAX_DESCRIPTION = 2_000;
    private static final int MAX_DEADLINE = 600;

    /** @throws IllegalArgumentException saying what its author must change */
    static OperationShape of(Method method, ToolOperation annotation) {
        require(NAME.matcher(annotation.name()).matches(), "its name is not 1 to 32 of a-z, 0-9 and _");
        String description = annotation.description();
        require(
                !description.isBlank() && description.length() <= MAX_DESCRIPTION,
                "its description is empty or longer than " + MAX_DESCRIPTION + " characters");
        int deadline = annotation.deadlineSeconds();
        require(deadline >= 1 && deadline <= MAX_DEADLINE, "its deadline is not 1 to 600 seconds");
        require(method.getReturnType().isRecord(), "it does not return a record");
        Class<?>[] types = method.getParameterTypes();
        boolean request = types.length > 0 && types[0].isRecord();
        boolean context = types.length > 0 && types[types.length - 1] == ToolContext.class;
        require(
                types.length == (request ? 1 : 0) + (context ? 1 : 0) && types.length > 0,
                "it does not take a request record, or a ToolContext, or both in this order");
        require(method.trySetAccessible(), "it cannot be called from outside its bundle");
        return new OperationShape(method, request ? Optional.of(types[0]) : Optional.empty(), context);
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }
}
