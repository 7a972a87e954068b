/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one verified artifact into the host, or leaves the host as it was. */
final class Installation {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private final Deployment deployment;
    private final Settling settling;
    private final Duration startTime;
    private final Duration settleTime;

    Installation(Deployment deployment, Settling settling, Duration startTime, Duration settleTime) {
        this.deployment = deployment;
        this.settling = settling;
        this.startTime = startTime;
        this.settleTime = settleTime;
    }

    /** What an installation ended with. */
    record Installed(Locked locked, Bundle bundle, List<String> disturbed) {}

    /**
     * Downloads, verifies, deploys and waits; then commits. Whatever fails on the way, nothing stays.
     *
     * @param commit makes it official: the journal and the lock file; when it fails the installation is undone too
     */
    Installed run(Entry entry, String principal, Index index, Consumer<Installed> commit) {
        MarketFolder folder = deployment.folder();
        Artifact artifact = fetch(entry, index, folder);
        Locked locked = new Locked(
                entry.bundle(),
                entry.kind(),
                entry.size(),
                artifact.permissions(),
                principal,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                false);
        FeatureFile feature = FeatureFile.of(entry.bundle(), folder);
        try {
            feature.write(locked, folder.blob(entry.sha256()));
            Installed installed = deploy(artifact, locked, feature);
            commit.accept(installed);
            return installed;
        } catch (IOException e) {
            undo(entry, feature);
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            // What has not ended cannot be undone; it is when it ends, or at the next start.
            if (!deployment.isUnfinished()) {
                undo(entry, feature);
            }
            throw e;
        }
    }

    private Artifact fetch(Entry entry, Index index, MarketFolder folder) {
        Path incoming = null;
        try {
            incoming = folder.incoming();
            index.download(entry, incoming);
            Artifact artifact = ArtifactCheck.check(incoming, entry);
            requireNotOurs(entry);
            folder.keep(incoming, entry.sha256());
            return artifact;
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact cannot be kept", e);
        } finally {
            delete(incoming);
        }
    }

    private void requireNotOurs(Entry entry) {
        boolean ours =
                deployment.bundles().stream().anyMatch(bundle -> entry.id().equals(bundle.getSymbolicName()));
        if (ours) {
            throw HostException.of(
                    MarketError.ARTIFACT_INVALID, "id", entry.id(), "detail", "its symbolic name belongs to the host");
        }
    }

    private Installed deploy(Artifact artifact, Locked locked, FeatureFile feature) {
        try (Disturbances disturbances = deployment.watch(locked.id())) {
            try {
                if (!deployment.deploy(feature, startTime, () -> undo(artifact.entry(), feature))) {
                    throw Failures.activation(
                            null, artifact.entry(), "its start did not end within " + startTime.toSeconds() + " s");
                }
            } catch (HostException e) {
                throw e;
            } catch (Exception e) {
                // Karaf reports every bundle that would not start; another's fault is not this one's.
                if (deployment
                        .bundle(locked.id())
                        .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                        .isEmpty()) {
                    throw Failures.of(e, artifact, deployment);
                }
                LOG.warn("{} is installed, but Karaf reports a problem with another bundle", locked.id(), e);
            }
            Bundle bundle = deployment
                    .bundle(locked.id())
                    .orElseThrow(() -> Failures.activation(null, artifact.entry(), "Karaf did not install the bundle"));
            settling.await(bundle, artifact.entry(), settleTime);
            List<String> disturbed = disturbances.seen();
            if (!disturbed.isEmpty()) {
                LOG.warn("The installation of {} restarted {}", locked.id(), disturbed);
            }
            return new Installed(locked, bundle, disturbed);
        }
    }

    private void undo(Entry entry, FeatureFile feature) {
        try {
            deployment.undeploy(entry.id(), feature.requirement());
            delete(feature.file());
            delete(deployment.folder().blob(entry.sha256()));
        } catch (RuntimeException e) {
            LOG.error("The installation of {} cannot be undone; a restart of the host undoes it", entry.id(), e);
        }
    }

    static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} stays behind until the next start", file, e);
        }
    }
}
