/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.osgi.framework.BundleException;
import org.osgi.framework.namespace.IdentityNamespace;
import org.osgi.service.resolver.ResolutionException;

/** Turns what Karaf and the framework throw into an error that names the missing or the broken thing. */
final class Failures {

    static final int MAX_DETAIL = 500;

    private static final String LAST_CAUSE = "missing requirement";

    private Failures() {}

    static HostException of(Throwable failure, Artifact artifact, Deployment deployment) {
        Entry entry = artifact.entry();
        Optional<Throwable> unresolved = find(failure, Failures::isUnresolved);
        if (unresolved.isPresent()) {
            String missing = missing(unresolved.get(), artifact, deployment);
            return HostException.caused(
                    failure,
                    MarketError.INSTALL_UNRESOLVED,
                    "id",
                    entry.id(),
                    "version",
                    entry.version(),
                    "missing",
                    shortened(missing),
                    "detail",
                    shortened(missing));
        }
        return activation(
                failure,
                entry,
                find(failure, Failures::isActivator)
                        .map(Throwable::getCause)
                        .map(Failures::text)
                        .orElse("the framework could not start it"));
    }

    /** What the resolver names first, then whatever else is missing; its prose only when it names nothing. */
    private static String missing(Throwable unresolved, Artifact artifact, Deployment deployment) {
        Set<String> parts = new LinkedHashSet<>();
        deepest(unresolved).map(ResolutionException::getUnresolvedRequirements).stream()
                .flatMap(Collection::stream)
                .filter(requirement -> !IdentityNamespace.IDENTITY_NAMESPACE.equals(requirement.getNamespace()))
                .map(MissingParts::words)
                .forEach(parts::add);
        parts.addAll(MissingParts.of(artifact, deployment.offers()));
        return parts.isEmpty() ? innermost(text(unresolved)) : String.join(", ", parts);
    }

    /** The resolver nests: the feature misses the bundle because the bundle misses a package. */
    private static Optional<ResolutionException> deepest(Throwable unresolved) {
        Optional<ResolutionException> deepest = Optional.empty();
        for (Throwable next = unresolved; next != null; next = next.getCause()) {
            if (next instanceof ResolutionException resolution) {
                deepest = Optional.of(resolution);
            }
        }
        return deepest;
    }

    static HostException activation(Throwable failure, Entry entry, String detail) {
        return HostException.caused(
                failure,
                MarketError.INSTALL_ACTIVATION_FAILED,
                "id",
                entry.id(),
                "version",
                entry.version(),
                "detail",
                shortened(detail));
    }

    static String shortened(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL) + "…";
    }

    private static boolean isUnresolved(Throwable failure) {
        return failure instanceof ResolutionException
                || failure instanceof BundleException bundle && bundle.getType() == BundleException.RESOLVE_ERROR;
    }

    private static boolean isActivator(Throwable failure) {
        return failure instanceof BundleException bundle
                && bundle.getType() == BundleException.ACTIVATOR_ERROR
                && bundle.getCause() != null;
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null || failure.getMessage().isBlank()
                ? "it failed without a message"
                : failure.getMessage();
    }

    /** The end of the resolver's chain of causes is what is missing; what stands before says for whom. */
    private static String innermost(String message) {
        int at = message.lastIndexOf(LAST_CAUSE);
        return at < 0 ? message : message.substring(at + LAST_CAUSE.length());
    }

    /** Karaf hangs the failures of several bundles beside each other, as suppressed ones. */
    private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> wanted) {
        Map<Throwable, Boolean> seen = new IdentityHashMap<>();
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(failure);
        while (!open.isEmpty()) {
            Throwable next = open.poll();
            if (seen.put(next, true) != null) {
                continue;
            }
            if (wanted.test(next)) {
                return Optional.of(next);
            }
            if (next.getCause() != null) {
                open.add(next.getCause());
            }
            open.addAll(List.of(next.getSuppressed()));
        }
        return Optional.empty();
    }
}
