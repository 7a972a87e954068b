/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.proof.Digests;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the host what the lock file says, once after each start: an installation that a crash cut off is taken out, a
 * removal that it cut off is finished, and a bundle that got lost is put back from its blob.
 */
@Component(name = "org.openmcpchain.core.market.Reconciliation", immediate = true, service = Reconciliation.class)
public final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final String HOST = "host";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration START = Duration.ofMinutes(1);

    private final Deployment deployment;
    private final LockFile lock;
    private final Journal journal;
    private final Thread thread;

    /** Works on its own thread: this is called while the host starts, and Karaf must not be changed during that. */
    @Activate
    public Reconciliation(@Reference Deployment deployment, @Reference LockFile lock, @Reference Journal journal) {
        this.deployment = deployment;
        this.lock = lock;
        this.journal = journal;
        this.thread = new Thread(this::runOnce, "market-reconciliation");
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(1).toMillis());
    }

    boolean isDone() {
        return !thread.isAlive();
    }

    private void runOnce() {
        try {
            deployment.awaitBoot();
            deployment.exclusively(PATIENCE, () -> {
                reconcile();
                return null;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The marketplace cannot be brought in line with its lock file", e);
        }
    }

    private void reconcile() {
        MarketFolder folder = deployment.folder();
        Map<String, Locked> wanted = lock.entries().stream()
                .filter(entry -> !entry.removing())
                .collect(Collectors.toMap(
                        entry -> FeatureFile.of(entry.bundle(), folder).requirement(), entry -> entry));
        for (String requirement : deployment.deployed()) {
            if (!wanted.containsKey(requirement)) {
                takeOut(requirement);
            }
        }
        lock.entries().stream().filter(Locked::removing).forEach(this::finishRemoval);
        Set<String> deployed = new HashSet<>(deployment.deployed());
        wanted.forEach((requirement, entry) -> {
            if (!deployed.contains(requirement) || deployment.bundle(entry.id()).isEmpty()) {
                putBack(entry, requirement);
            }
        });
        folder.sweep(needed(folder));
    }

    private void takeOut(String requirement) {
        String id = FeatureFile.bundleOf(requirement);
        LOG.warn("The installation of {} was cut off; it is undone", id);
        deployment.undeploy(id, requirement);
        if (lock.find(id).isEmpty()) {
            refused(id, "the host ended during the installation");
        }
    }

    private void finishRemoval(Locked entry) {
        LOG.warn("The removal of {} was cut off; it is finished", entry.id());
        deployment.undeploy(
                entry.id(), FeatureFile.of(entry.bundle(), deployment.folder()).requirement());
        journal.append(
                Market.STREAM,
                EntryTypes.MARKET_REMOVED,
                Map.of("bundle", Market.toBody(entry.bundle()), "principal", HOST));
        lock.remove(entry.id());
    }

    private void putBack(Locked entry, String requirement) {
        LOG.warn("{} is locked and not there; it is put back", entry.id());
        Path blob = deployment.folder().blob(entry.bundle().sha256());
        try {
            if (!Digests.sha256(Files.readAllBytes(blob)).equals(entry.bundle().sha256())) {
                throw new IllegalStateException("its blob has changed");
            }
            FeatureFile feature = FeatureFile.of(entry.bundle(), deployment.folder());
            feature.write(entry, blob);
            if (!deployment.deploy(feature, START, () -> LOG.warn("The late start of {} has ended", entry.id()))) {
                return;
            }
        } catch (Exception e) {
            LOG.error("{} cannot be put back and is taken out", entry.id(), e);
            deployment.undeploy(entry.id(), requirement);
            refused(entry.id(), "it was lost and cannot be put back");
            lock.remove(entry.id());
        }
    }

    private void refused(String id, String detail) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("code", MarketError.INSTALL_INTERRUPTED.name());
        body.put("parameters", Map.of("detail", detail));
        body.put("principal", HOST);
        journal.append(Market.STREAM, EntryTypes.MARKET_REFUSED, body);
    }

    private Set<Path> needed(MarketFolder folder) {
        Set<Path> needed = new HashSet<>();
        for (Locked entry : lock.entries()) {
            needed.add(folder.blob(entry.bundle().sha256()));
            needed.add(FeatureFile.of(entry.bundle(), folder).file());
        }
        return needed;
    }
}
