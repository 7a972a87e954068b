/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Lays our values over a configuration that somebody else keeps (a {@code .cfg} file, the console), each time that it is
 * handed to a component. What is stored stays theirs. The ranking is below that of Felix' interpolation, so that references in
 * our values are resolved as well. Thread-safe.
 */
@Component(
        name = "org.openmcpchain.core.config.Override",
        service = {ConfigurationPlugin.class, OverridePlugin.class},
        property = ConfigurationPlugin.CM_RANKING + ":Integer=100")
public final class OverridePlugin implements ConfigurationPlugin {

    private volatile Map<Pid, Map<String, Object>> overrides = Map.of();

    /** Overrides nothing yet. */
    @Activate
    public OverridePlugin() {}

    @Override
    public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
        if (properties.get(Constants.SERVICE_PID) instanceof String pid) {
            overrides.getOrDefault(Pid.of(pid), Map.of()).forEach(properties::put);
        }
    }

    /** What is laid over which PID. */
    Map<Pid, Map<String, Object>> overrides() {
        return overrides;
    }

    /** Lays these values over the PID, or nothing any more. Called by one thread. */
    void override(Pid pid, Optional<Map<String, Object>> values) {
        Map<Pid, Map<String, Object>> next = new TreeMap<>(overrides);
        values.ifPresentOrElse(present -> next.put(pid, Map.copyOf(present)), () -> next.remove(pid));
        overrides = next;
    }
}
