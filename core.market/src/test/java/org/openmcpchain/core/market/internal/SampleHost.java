/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.karaf.features.BootFinished;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.ToolCatalogue;
import org.openmcpchain.tool.ToolDescriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** A host in miniature: a real framework and a real component runtime, with Karaf's features service played. */
final class SampleHost implements AutoCloseable {

    private static final String SHARED = String.join(
            ",",
            "org.osgi.service.component;version=1.5.1",
            "org.osgi.service.component.runtime;version=1.5.0",
            "org.osgi.service.component.runtime.dto;version=1.5.0",
            "org.osgi.util.promise;version=1.3.0",
            "org.osgi.util.function;version=1.2.0",
            "org.openmcpchain.tool;version=1.0.0");

    private final Framework framework;
    private final PlayedKaraf karaf;
    private final LockFile lock;
    private final Deployment deployment;
    final List<Map<String, Object>> journal = new CopyOnWriteArrayList<>();
    final List<Intent> asked = new CopyOnWriteArrayList<>();
    volatile Decision verdict = Decision.ALLOW;
    volatile boolean journalWorks = true;

    SampleHost(Path data) {
        this(data, true);
    }

    SampleHost(Path data, boolean booted) {
        try {
            framework = new FrameworkFactory()
                    .newFramework(Map.of(
                            Constants.FRAMEWORK_STORAGE,
                            data.resolve("cache").toString(),
                            Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                            SHARED,
                            Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                            "100",
                            "karaf.data",
                            data.toString(),
                            "felix.log.level",
                            "0"));
            framework.init();
            framework.start();
            if (find("org.apache.felix.scr").isEmpty()) {
                context().installBundle(scr()).start();
            }
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
        karaf = new PlayedKaraf(context(), data.resolve("karaf-state"));
        lock = new LockFile(context());
        deployment = new Deployment(karaf.service(), context());
        if (booted) {
            boot();
        }
    }

    void boot() {
        deployment.bindBootFinished(new BootFinished() {});
    }

    Market market(Index index) {
        return market(index, 5_000, 2_000);
    }

    Market market(Index index, int waitMillis, int settleMillis) {
        return market(index, waitMillis, 10_000, settleMillis);
    }

    Market market(Index index, int waitMillis, int startMillis, int settleMillis) {
        Market market = new Market(
                gate(),
                journal(),
                tools(),
                components(),
                lock,
                deployment,
                settings(waitMillis, startMillis, settleMillis));
        if (index != null) {
            market.bindIndex(index);
        }
        return market;
    }

    Reconciliation reconciliation() {
        return new Reconciliation(deployment, lock, journal());
    }

    LockFile lock() {
        return lock;
    }

    Deployment deployment() {
        return deployment;
    }

    PlayedKaraf karaf() {
        return karaf;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Optional<Bundle> find(String symbolicName) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    /** Everything that an installation could change, in one value that can be compared. */
    Map<String, Object> state() {
        Map<String, Object> state = new TreeMap<>();
        for (Bundle bundle : context().getBundles()) {
            state.put("bundle " + bundle.getSymbolicName(), bundle.getState() + " since " + bundle.getLastModified());
        }
        state.put("requirements", karaf.requirements());
        state.put("repositories", karaf.repositories());
        state.put("lock", lock.entries());
        state.put("files", files());
        return state;
    }

    List<String> types() {
        return journal.stream().map(entry -> String.valueOf(entry.get("type"))).toList();
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private List<String> files() {
        Path root = deployment.folder().root();
        if (!java.nio.file.Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = java.nio.file.Files.walk(root)) {
            return files.filter(java.nio.file.Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .filter(path -> !path.equals("agent.lock.json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PolicyGate gate() {
        return new PolicyGate() {
            @Override
            public Verdict decide(Intent intent) {
                asked.add(intent);
                return new Verdict(verdict, "install-allowed", "1-test", "because", "00");
            }

            @Override
            public String policyVersion() {
                return "1-test";
            }
        };
    }

    Journal journal() {
        return (Journal) java.lang.reflect.Proxy.newProxyInstance(
                SampleHost.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("append")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    if (!journalWorks) {
                        throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
                    }
                    Map<String, Object> entry = new TreeMap<>();
                    ((Map<?, ?>) arguments[2]).forEach((name, value) -> entry.put(String.valueOf(name), value));
                    entry.put("type", arguments[1]);
                    journal.add(entry);
                    return (JournalEntry) null;
                });
    }

    /** Offers each tool service as one operation of the bundle that it comes from. */
    private ToolCatalogue tools() {
        return new ToolCatalogue() {
            @Override
            public List<ToolDescriptor> list() {
                try {
                    List<ToolDescriptor> tools = new ArrayList<>();
                    ServiceReference<?>[] found = context().getAllServiceReferences("org.openmcpchain.tool.Tool", null);
                    for (ServiceReference<?> reference : found == null ? new ServiceReference<?>[0] : found) {
                        tools.add(descriptor(reference.getBundle()));
                    }
                    return tools;
                } catch (InvalidSyntaxException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public Optional<ToolDescriptor> find(String name) {
                return list().stream().filter(tool -> tool.name().equals(name)).findFirst();
            }
        };
    }

    private static ToolDescriptor descriptor(Bundle bundle) {
        return new ToolDescriptor(
                "sample_greet",
                "Greets.",
                Effect.READ,
                "{}",
                List.of(),
                30,
                new BundleRef(bundle.getSymbolicName(), bundle.getVersion().toString(), "unknown"));
    }

    private ServiceComponentRuntime components() {
        return context().getService(context().getServiceReference(ServiceComponentRuntime.class));
    }

    private static String scr() {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(path -> path.contains("org.apache.felix.scr-"))
                .map(path -> Path.of(path).toUri().toString())
                .findFirst()
                .orElseThrow();
    }

    private static MarketSettings settings(int waitMillis, int startMillis, int settleMillis) {
        return new MarketSettings() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return MarketSettings.class;
            }

            @Override
            public int startMillis() {
                return startMillis;
            }

            @Override
            public int settleMillis() {
                return settleMillis;
            }

            @Override
            public int waitMillis() {
                return waitMillis;
            }
        };
    }
}
