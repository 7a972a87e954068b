/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.tool.ToolCatalogue;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Waits until a new bundle is of use: active, its components satisfied, its operations offered to agents. */
final class Settling {

    static final String TOOL = "tool";

    private static final String CAUSED_BY = "\nCaused by: ";
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final ServiceComponentRuntime components;
    private final ToolCatalogue tools;

    Settling(ServiceComponentRuntime components, ToolCatalogue tools) {
        this.components = components;
        this.tools = tools;
    }

    /** What a bundle still waits for. */
    private record Waiting(String component, String missing) {}

    /** Errors: {@code INSTALL_ACTIVATION_FAILED}, {@code INSTALL_UNSATISFIED}. */
    void await(Bundle bundle, Entry entry, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Optional<Waiting> waiting = waiting(bundle, entry);
        while (waiting.isPresent()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw HostException.of(
                        MarketError.INSTALL_UNSATISFIED,
                        "id",
                        entry.id(),
                        "version",
                        entry.version(),
                        "component",
                        waiting.get().component(),
                        "missing",
                        waiting.get().missing(),
                        "detail",
                        waiting.get().missing());
            }
            LockSupport.parkNanos(PAUSE);
            waiting = waiting(bundle, entry);
        }
    }

    private Optional<Waiting> waiting(Bundle bundle, Entry entry) {
        if (bundle.getState() != Bundle.ACTIVE) {
            return Optional.of(new Waiting("none", "the start of the bundle"));
        }
        List<Waiting> open = new ArrayList<>();
        List<String> unconfigured = new ArrayList<>();
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
            if (!components.isComponentEnabled(description)) {
                continue;
            }
            if (components.getComponentConfigurationDTOs(description).isEmpty()
                    && "require".equals(description.configurationPolicy)) {
                // Not a fault: it talks to the outside and waits for its operator to say where that is.
                unconfigured.addAll(List.of(description.configurationPid));
            }
            for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(description)) {
                waiting(configuration, entry).ifPresent(open::add);
            }
        }
        if (open.isEmpty() && TOOL.equals(entry.kind()) && !isOffered(entry)) {
            return Optional.of(new Waiting(
                    "none",
                    unconfigured.isEmpty()
                            ? "an operation that agents can call"
                            : "the configuration " + String.join(", ", unconfigured)));
        }
        return open.stream().findFirst();
    }

    private static Optional<Waiting> waiting(ComponentConfigurationDTO configuration, Entry entry) {
        String name = configuration.description.name;
        switch (configuration.state) {
            case ComponentConfigurationDTO.SATISFIED, ComponentConfigurationDTO.ACTIVE -> {
                return Optional.empty();
            }
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> throw Failures.activation(
                    null, entry, "the component " + name + " failed: " + failure(configuration));
            default -> {
                List<String> missing = new ArrayList<>();
                for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
                    missing.add("service " + type(configuration.description, reference.name)
                            + (reference.target == null ? "" : " " + reference.target));
                }
                return Optional.of(new Waiting(
                        name,
                        missing.isEmpty()
                                ? "the configuration "
                                        + String.join(", ", List.of(configuration.description.configurationPid))
                                : String.join(", ", missing)));
            }
        }
    }

    /** The runtime keeps a stack trace. Of its last cause only the message leaves, not the class. */
    private static String failure(ComponentConfigurationDTO configuration) {
        String trace = String.valueOf(configuration.failure);
        String line = Failures.shortened(trace.substring(trace.lastIndexOf(CAUSED_BY) + 1));
        int colon = line.indexOf(": ", line.startsWith(CAUSED_BY.strip()) ? CAUSED_BY.length() : 0);
        return colon < 0 ? "no message" : line.substring(colon + 2);
    }

    private static String type(ComponentDescriptionDTO description, String reference) {
        return java.util.Arrays.stream(description.references)
                .filter(candidate -> candidate.name.equals(reference))
                .map(candidate -> candidate.interfaceName)
                .findFirst()
                .orElse(reference);
    }

    private boolean isOffered(Entry entry) {
        return tools.list().stream()
                .anyMatch(tool -> tool.bundle().symbolicName().equals(entry.id())
                        && tool.bundle().version().equals(entry.version().toString()));
    }
}
