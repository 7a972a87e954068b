/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.config.Configurations;
import org.openmcpchain.config.ConfiguredPid;
import org.openmcpchain.core.config.internal.Reading.Standing;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.policy.PolicyGate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, checks and applies the operator's configuration, at the start and when asked; checks what waits whenever a bundle
 * comes. All work is done on one thread; what callers see is a snapshot.
 */
@Component(
        name = "org.openmcpchain.core.config.Loader",
        service = {Configurations.class, ConfigurationListener.class},
        immediate = true)
@Designate(ocd = LoaderConfig.class)
public final class Loader implements Configurations, ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);
    private static final String OPERATOR = "operator";
    private static final long PATIENCE_SECONDS = 30;

    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "openmcp-configuration"));
    private final AtomicBoolean settleAsked = new AtomicBoolean();
    private final BundleContext context;
    private final BundleListener arrivals = this::bundleChanged;
    private final LayerReader reader;
    private final Descriptions descriptions;
    private final ConfigurationTarget target;
    private final Permits permits;

    private volatile Standing standing = Standing.NOTHING;
    private volatile PolicyGate gate;
    private volatile Journal journal;
    private Reading reading;

    /** Reads and applies before it returns, so that what starts later starts configured. */
    @Activate
    public Loader(
            BundleContext context,
            LoaderConfig config,
            @Reference ConfigurationAdmin admin,
            @Reference OverridePlugin plugin,
            @Reference MetaTypeService metatype) {
        this(
                context,
                directory(context, config),
                System::getenv,
                new ConfigurationTarget(admin, plugin),
                new Descriptions(context, metatype));
    }

    Loader(
            BundleContext context,
            Path directory,
            Supplier<Map<String, String>> environment,
            ConfigurationTarget target,
            Descriptions descriptions) {
        this.context = context;
        this.reader = new LayerReader(directory, environment);
        this.descriptions = descriptions;
        this.target = target;
        this.permits = new Permits(new SecretMarks(secrets(context)));
        context.addBundleListener(arrivals);
        try {
            reload(OPERATOR);
        } catch (RuntimeException e) {
            deactivate();
            throw e;
        }
    }

    private static Path directory(BundleContext context, LoaderConfig config) {
        if (!config.directory().isBlank()) {
            return Path.of(config.directory());
        }
        String etc = context.getProperty("karaf.etc");
        return Path.of(etc == null ? "etc" : etc);
    }

    private static Path secrets(BundleContext context) {
        String data = context.getProperty("karaf.data");
        return data == null
                ? context.getDataFile("secrets").toPath()
                : Path.of(data).resolve("secrets");
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindGate(PolicyGate arrived) {
        gate = arrived;
    }

    void unbindGate(PolicyGate gone) {
        if (gate == gone) {
            gate = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindJournal(Journal arrived) {
        journal = arrived;
        later(() -> Optional.ofNullable(journal).ifPresent(permits::catchUp));
    }

    void unbindJournal(Journal gone) {
        if (journal == gone) {
            journal = null;
        }
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(arrivals);
        worker.shutdownNow();
    }

    @Override
    public List<ConfiguredPid> effective() {
        return standing.pids();
    }

    @Override
    public List<ConfigProblem> problems() {
        return standing.problems();
    }

    @Override
    public List<ConfigProblem> reload(String principal) {
        return patiently(() -> {
            reading = new Reading(reader.read(), principal);
            settle();
            return standing.problems();
        });
    }

    /** Somebody else began or ceased to configure a PID of ours, or it was ourselves and there is nothing to do. */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (standing.pids().stream().anyMatch(pid -> pid.pid().equals(event.getPid()))) {
            settleSoon();
        }
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.RESOLVED || event.getType() == BundleEvent.UNRESOLVED) {
            settleSoon();
        }
    }

    /** Many bundles come at once; one look is enough for all that came before it. */
    private void settleSoon() {
        if (settleAsked.compareAndSet(false, true)) {
            later(() -> {
                settleAsked.set(false);
                settle();
            });
        }
    }

    private void settle() {
        Standing before = standing;
        standing = reading.settle(
                descriptions.scan(), target, permits, Optional.ofNullable(gate), Optional.ofNullable(journal));
        if (!standing.problems().equals(before.problems())) {
            standing.problems()
                    .forEach(problem -> LOG.error(
                            "{} {} {}: {} {} {}",
                            problem.code().name(),
                            problem.pid(),
                            problem.key(),
                            problem.value(),
                            problem.rule(),
                            problem.place()));
        }
    }

    private void later(Runnable work) {
        try {
            worker.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("The configuration was not looked at", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The configuration is not looked at any more: the host is stopping");
        }
    }

    private <T> T patiently(Callable<T> work) {
        try {
            return worker.submit(work).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HostException.caused(e, RequestError.HOST_FAULT);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            throw HostException.caused(e, RequestError.HOST_FAULT);
        }
    }
}
