/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.testing;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A service of which a test says what it answers, and which writes down what it was asked: {@code approve[a1, bob]}.
 *
 * @param <T> the service's type
 */
public final class FakeService<T> {

    private final T service;
    private final Map<String, Function<Object[], Object>> answers = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    public FakeService(Class<T> type) {
        service = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::answer));
    }

    /** What a method answers; the function may throw. */
    public FakeService<T> on(String method, Function<Object[], Object> answer) {
        answers.put(method, answer);
        return this;
    }

    public T service() {
        return service;
    }

    public List<String> calls() {
        return calls;
    }

    private Object answer(Object proxy, Method method, Object[] arguments) {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "fake " + method.getName();
            };
        }
        Object[] given = arguments == null ? new Object[0] : arguments;
        calls.add(method.getName()
                + Arrays.stream(given)
                        .map(argument -> argument instanceof Consumer<?> ? "consumer" : String.valueOf(argument))
                        .toList());
        Function<Object[], Object> answer = answers.get(method.getName());
        if (answer == null) {
            throw new AssertionError("the test did not expect " + method.getName());
        }
        return answer.apply(given);
    }
}
