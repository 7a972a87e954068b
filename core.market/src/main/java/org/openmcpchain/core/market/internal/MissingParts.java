/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.utils.resource.CapabilitySet;
import org.apache.felix.utils.resource.RequirementImpl;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Capability;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;

/**
 * Says what a bundle needs and nobody has. The resolver's own explanation is one line of prose in which the reason stands
 * behind the names of regions and features, so the requirements are compared with what there is.
 */
final class MissingParts {

    private static final String SERVICE = "osgi.service";
    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
    private static final Pattern FROM = Pattern.compile("(?<!!)\\(version>=([^)]+)\\)");
    private static final Pattern UP_TO = Pattern.compile("!\\(version>=([^)]+)\\)");
    private static final int MAX_NAMED = 10;

    private MissingParts() {}

    /** The parts in words; none when each one is there and the reason is another. */
    static List<String> of(Artifact artifact, List<Capability> offers) {
        return artifact.requirements().stream()
                .filter(requirement -> !ArtifactCheck.PERMISSION.equals(requirement.getNamespace()))
                .filter(requirement -> !meets(artifact.capabilities(), requirement) && !meets(offers, requirement))
                .map(MissingParts::words)
                .distinct()
                .sorted()
                .limit(MAX_NAMED)
                .toList();
    }

    private static boolean meets(List<Capability> offers, Requirement requirement) {
        return offers.stream()
                .filter(offer -> offer.getNamespace().equals(requirement.getNamespace()))
                .anyMatch(offer -> CapabilitySet.matches(offer, requirement));
    }

    /** A requirement as people would say it. */
    static String words(Requirement requirement) {
        String filter = Optional.ofNullable(requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE))
                .orElseGet(() -> made(requirement));
        return switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> "package " + packageWords(filter);
            case SERVICE -> "service " + filter;
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> "Java " + filter;
            default -> "capability " + requirement.getNamespace()
                    + (filter == null ? attributes(requirement) : " " + filter);
        };
    }

    /** Of an import, which has attributes where a requirement has a filter. */
    private static String made(Requirement requirement) {
        return PackageNamespace.PACKAGE_NAMESPACE.equals(requirement.getNamespace())
                ? String.valueOf(RequirementImpl.getFilter(requirement))
                : null;
    }

    /** The header's text is gone by now; its clauses stand in the filter that was made of it. */
    private static String packageWords(String filter) {
        String range = first(FROM, filter)
                .map(from -> first(UP_TO, filter)
                        .map(to -> " [" + from + "," + to + ")")
                        .orElse(" " + from))
                .orElse("");
        return first(PACKAGE, filter).orElse(filter) + range;
    }

    private static Optional<String> first(Pattern pattern, String filter) {
        Matcher matcher = pattern.matcher(String.valueOf(filter));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String attributes(Requirement requirement) {
        return requirement.getAttributes().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining(", ", " ", ""));
    }
}
