/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.Repository;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Requirement;
import org.osgi.service.resolver.ResolutionException;

/**
 * Behaves as Karaf's features service does where it matters here: what does not resolve is not installed, what resolves
 * and does not start stays wanted and installed (and then breaks every later change), and state survives a restart.
 */
final class PlayedKaraf implements InvocationHandler {

    private static final Pattern BUNDLE = Pattern.compile("<bundle[^>]*>([^<]+)</bundle>");

    private final BundleContext context;
    private final Path file;
    private final Set<String> requirements = new TreeSet<>();
    private final Set<String> repositories = new TreeSet<>();
    private volatile Exception trouble;
    private volatile List<Requirement> named = List.of();
    private volatile Runnable afterDeploy = () -> {};
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>();

    PlayedKaraf(BundleContext context, Path file) {
        this.context = context;
        this.file = file;
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    (line.startsWith("feature:") ? requirements : repositories).add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FeaturesService service() {
        return (FeaturesService) Proxy.newProxyInstance(
                PlayedKaraf.class.getClassLoader(), new Class<?>[] {FeaturesService.class}, this);
    }

    Set<String> requirements() {
        return Set.copyOf(requirements);
    }

    Set<String> repositories() {
        return Set.copyOf(repositories);
    }

    /** After each change Karaf reports this, as it does when another bundle cannot be started. */
    void reports(Exception problem) {
        trouble = problem;
    }

    /** What the resolver names when a bundle does not resolve. */
    void names(Requirement requirement) {
        named = List.of(requirement);
    }

    void afterDeploy(Runnable action) {
        afterDeploy = action;
    }

    /** Holds every change until the latch opens. */
    void holdUntil(CountDownLatch latch) {
        gate.set(latch);
    }

    /** Somebody else's wish, or one of an installation that was cut off. */
    void forget(String requirement) {
        requirements.remove(requirement);
        save();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "addRepository" -> {
                repositories.add(arguments[0].toString());
                save();
                yield null;
            }
            case "removeRepository" -> {
                repositories.remove(arguments[0].toString());
                save();
                yield null;
            }
            case "listRepositories" -> repositories.stream()
                    .map(PlayedKaraf::repository)
                    .toArray(Repository[]::new);
            case "listRequirements" -> Map.of(FeaturesService.ROOT_REGION, Set.copyOf(requirements));
            case "listInstalledFeatures" -> new Feature[0];
            case "addRequirements" -> {
                for (String requirement : ((Map<String, Set<String>>) arguments[0]).get(FeaturesService.ROOT_REGION)) {
                    add(requirement);
                }
                yield null;
            }
            case "removeRequirements" -> {
                for (String requirement : ((Map<String, Set<String>>) arguments[0]).get(FeaturesService.ROOT_REGION)) {
                    remove(requirement);
                }
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private void add(String requirement) throws Exception {
        CountDownLatch latch = gate.get();
        if (latch != null) {
            latch.await();
        }
        Bundle bundle = context.installBundle(location(requirement));
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        if (!wiring.resolveBundles(List.of(bundle))) {
            bundle.uninstall();
            throw unresolved(bundle);
        }
        requirements.add(requirement);
        save();
        try {
            bundle.start();
        } catch (BundleException e) {
            Exception all = new Exception("Error restarting bundles");
            all.addSuppressed(e);
            throw all;
        }
        afterDeploy.run();
        if (trouble != null) {
            throw trouble;
        }
    }

    private void remove(String requirement) throws Exception {
        requirements.remove(requirement);
        save();
        Bundle bundle = context.getBundle(location(requirement));
        if (bundle != null) {
            bundle.uninstall();
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    private ResolutionException unresolved(Bundle bundle) {
        String inner = "Unable to resolve " + bundle.getSymbolicName() + "/1.0.0: missing requirement ["
                + bundle.getSymbolicName() + "/1.0.0] something only the resolver knows";
        return new ResolutionException(
                "Unable to resolve root: missing requirement [root] osgi.identity; type=karaf.feature [caused by: "
                        + inner + "]",
                new ResolutionException(inner, null, named),
                List.of());
    }

    private String location(String requirement) throws IOException {
        String prefix = requirement.substring("feature:".length(), requirement.indexOf('/'));
        for (String repository : repositories) {
            Path path = Path.of(URI.create(repository));
            if (path.getFileName().toString().startsWith(prefix + "-")) {
                Matcher matcher = BUNDLE.matcher(Files.readString(path));
                if (matcher.find()) {
                    return matcher.group(1);
                }
            }
        }
        throw new IllegalArgumentException("No feature for " + requirement);
    }

    private void save() {
        try {
            Files.createDirectories(file.getParent());
            Set<String> lines = new TreeSet<>(requirements);
            lines.addAll(repositories);
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Repository repository(String uri) {
        return (Repository) Proxy.newProxyInstance(
                PlayedKaraf.class.getClassLoader(),
                new Class<?>[] {Repository.class},
                (proxy, method, arguments) -> method.getName().equals("getURI") ? URI.create(uri) : null);
    }
}
