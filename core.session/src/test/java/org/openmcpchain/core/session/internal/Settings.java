/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.openmcpchain.core.run.internal.JournalSettings;
import org.openmcpchain.core.run.internal.MemorySettings;

/** Configurations for tests: the defaults, and what differs from them. */
final class Settings {

    private Settings() {}

    static SessionSettings sessions(Map<String, Object> values) {
        return of(SessionSettings.class, values);
    }

    static ContextSettings context(Map<String, Object> values) {
        return of(ContextSettings.class, values);
    }

    static JournalSettings journal() {
        return of(JournalSettings.class, Map.of());
    }

    static MemorySettings memory() {
        return of(MemorySettings.class, Map.of());
    }

    static <A extends Annotation> A of(Class<A> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
