/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.Repository;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Karaf's features service, one change at a time, and never one that refreshes somebody else's bundle. Thread-safe. */
@Component(name = "org.openmcpchain.core.market.Deployment", service = Deployment.class)
public final class Deployment {

    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);
    private static final EnumSet<FeaturesService.Option> OPTIONS =
            EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles);
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final FeaturesService features;
    private final BundleContext context;
    private final MarketFolder folder;
    private final ReentrantLock change = new ReentrantLock(true);
    private final CountDownLatch booted = new CountDownLatch(1);
    private final AtomicReference<String> unfinished = new AtomicReference<>();

    @Activate
    public Deployment(@Reference FeaturesService features, BundleContext context) {
        this.features = features;
        this.context = context;
        this.folder = MarketFolder.of(context);
    }

    MarketFolder folder() {
        return folder;
    }

    /**
     * Karaf copies its list of wanted features, works, and writes the copy back: a change during the boot would undo the
     * boot. Optional, because Karaf declares no capability for this service that a resolver could see.
     */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindBootFinished(BootFinished marker) {
        booted.countDown();
    }

    void unbindBootFinished(BootFinished marker) {
        // A host that has booted stays booted.
    }

    /** Makes a change, after those before it. Error: {@code INSTALL_CONFLICT}. */
    <T> T exclusively(Duration patience, Supplier<T> work) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            if (!booted.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw HostException.of(MarketError.INSTALL_CONFLICT, "detail", "the host has not finished its start");
            }
            if (!change.tryLock(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw HostException.of(MarketError.INSTALL_CONFLICT, "detail", "another change is going on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HostException.of(MarketError.INSTALL_CONFLICT, "detail", "interrupted while another change went on");
        }
        try {
            if (isUnfinished()) {
                throw HostException.of(
                        MarketError.INSTALL_CONFLICT,
                        "detail",
                        "the start of " + unfinished.get() + " has not ended; restart the host if it never does");
            }
            return work.get();
        } finally {
            change.unlock();
        }
    }

    /** Waits for the end of the host's start, without a bound: for work that nobody waits for. */
    void awaitBoot() throws InterruptedException {
        booted.await();
    }

    /**
     * Resolves, installs and starts a feature. Throws what Karaf throws.
     *
     * @param patience how long the start may take; nothing in a Java VM can end an activator that never returns
     * @param late what to do when it ends after that; nobody is waiting for it any more
     * @return whether it ended in time; if not, no other change is possible until it does
     */
    boolean deploy(FeatureFile feature, Duration patience, Runnable late) throws Exception {
        FutureTask<Void> work = new FutureTask<>(() -> {
            features.addRepository(feature.uri());
            features.addRequirements(Map.of(FeaturesService.ROOT_REGION, Set.of(feature.requirement())), OPTIONS);
            return null;
        });
        // Whoever comes first, the end or the deadline, decides what the other one does.
        AtomicBoolean decided = new AtomicBoolean();
        Thread thread = new Thread(
                () -> {
                    work.run();
                    if (!decided.compareAndSet(false, true)) {
                        late.run();
                        unfinished.set(null);
                    }
                },
                "market-deployment");
        thread.setDaemon(true);
        thread.start();
        try {
            return ended(work, patience, feature.name(), decided);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private boolean ended(FutureTask<Void> work, Duration patience, String name, AtomicBoolean decided)
            throws InterruptedException, ExecutionException {
        try {
            work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            unfinished.set(name);
            if (decided.compareAndSet(false, true)) {
                LOG.error("The start of {} has not ended after {}; the marketplace waits for it", name, patience);
                return false;
            }
            unfinished.set(null);
            work.get();
            return true;
        }
    }

    /** Whether a start that took too long is still going on. */
    boolean isUnfinished() {
        return unfinished.get() != null;
    }

    /** The requirements that this marketplace has put into Karaf. */
    List<String> deployed() {
        return features.listRequirements().getOrDefault(FeaturesService.ROOT_REGION, Set.of()).stream()
                .filter(FeatureFile::isOurs)
                .sorted()
                .toList();
    }

    /** The bundle with this symbolic name that came from the marketplace; never one of the host's. */
    Optional<Bundle> bundle(String symbolicName) {
        String blobs = folder.blobs().toUri().toString();
        return bundles().stream()
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .filter(bundle -> bundle.getLocation().startsWith(blobs))
                .findFirst();
    }

    List<Bundle> bundles() {
        return List.of(context.getBundles());
    }

    /** What bundles and installed features offer to a resolver. */
    List<Capability> offers() {
        List<Capability> offers = new ArrayList<>();
        for (Bundle bundle : bundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision != null) {
                offers.addAll(revision.getCapabilities(null));
            }
        }
        try {
            for (Feature feature : features.listInstalledFeatures()) {
                for (org.apache.karaf.features.Capability capability : feature.getCapabilities()) {
                    offers.addAll(ResourceBuilder.parseCapability(null, capability.getValue()));
                }
            }
        } catch (Exception e) {
            LOG.warn("The capabilities of features cannot be read", e);
        }
        return offers;
    }

    /** Reports bundles other than this one that stop or lose their wiring while the watch is open. */
    Disturbances watch(String symbolicName) {
        return new Disturbances(context, symbolicName);
    }

    /**
     * Takes a feature and its bundle out, whatever state they are in. A feature whose activator failed counts as started
     * and required in Karaf and would make every later change fail, so this must not stop half-way.
     *
     * @throws IllegalStateException if the bundle is still there afterwards
     */
    void undeploy(String symbolicName, String requirement) {
        Optional<Bundle> bundle = bundle(symbolicName);
        if (deployed().contains(requirement)) {
            try {
                features.removeRequirements(Map.of(FeaturesService.ROOT_REGION, Set.of(requirement)), OPTIONS);
            } catch (Exception e) {
                LOG.warn("Karaf reports a problem while it takes out {}", symbolicName, e);
            }
        }
        removeRepositories(FeatureFile.PREFIX + symbolicName + "-");
        bundle.ifPresent(this::discard);
        if (deployed().contains(requirement) || bundle(symbolicName).isPresent()) {
            throw new IllegalStateException(symbolicName + " is still there after it was taken out");
        }
    }

    private void removeRepositories(String filePrefix) {
        String uriPrefix = folder.features().resolve(filePrefix).toUri().toString();
        try {
            for (Repository repository : features.listRepositories()) {
                URI uri = repository.getURI();
                if (uri.toString().startsWith(uriPrefix)) {
                    features.removeRepository(uri, false);
                }
            }
        } catch (Exception e) {
            LOG.warn("The feature repository of {} cannot be removed", filePrefix, e);
        }
    }

    /** Uninstalls what Karaf left, and lets go of the class loader. */
    private void discard(Bundle bundle) {
        try {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("{} cannot be uninstalled", bundle.getSymbolicName(), e);
        }
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
        List<Bundle> others = new ArrayList<>(wiring.getDependencyClosure(List.of(bundle)));
        others.remove(bundle);
        if (!others.isEmpty()) {
            LOG.warn("{} is still used by {}; its classes stay until these restart", bundle, others);
            return;
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring.refreshBundles(List.of(bundle), event -> refreshed.countDown());
        try {
            if (!refreshed.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} was not refreshed in time; its classes go later", bundle);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
