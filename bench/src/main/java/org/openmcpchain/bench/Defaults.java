/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Configurations as they are when nobody configured anything. */
public final class Defaults {

    private Defaults() {}

    /** An instance whose attributes have the defaults that the annotation declares. */
    public static <A extends Annotation> A of(Class<A> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> value(type, method)));
    }

    private static Object value(Class<?> type, Method method) {
        return switch (method.getName()) {
            case "annotationType" -> type;
            case "toString" -> "@" + type.getName();
            default -> method.getDefaultValue();
        };
    }
}
