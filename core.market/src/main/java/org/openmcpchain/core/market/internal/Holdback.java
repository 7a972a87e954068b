/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.util.Optional;
import org.openmcpchain.market.BundleRef;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a bundle whose installation was cut off from starting again with the host. The framework remembers that it was
 * started, and its start may be the very thing that never ended. This runs below the start level of the marketplace's
 * bundles and needs nothing but the lock file; {@link Reconciliation} takes the bundle out later.
 */
@Component(name = "org.openmcpchain.core.market.Holdback", immediate = true, service = Holdback.class)
public final class Holdback {

    private static final Logger LOG = LoggerFactory.getLogger(Holdback.class);
    private static final int NOT_YET_STARTED = Bundle.INSTALLED | Bundle.RESOLVED;

    @Activate
    public Holdback(@Reference LockFile lock, BundleContext context) {
        String blobs = MarketFolder.of(context).blobs().toUri().toString();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(blobs)
                    && (bundle.getState() & NOT_YET_STARTED) != 0
                    && !isInstalled(bundle, lock)) {
                hold(bundle);
            }
        }
    }

    /** A blob's name is its digest, so the location says which jar it is. */
    private static boolean isInstalled(Bundle bundle, LockFile lock) {
        Optional<BundleRef> locked = lock.find(bundle.getSymbolicName())
                .filter(entry -> !entry.removing())
                .map(Locked::bundle);
        return locked.filter(ref -> bundle.getLocation().endsWith(ref.sha256())).isPresent();
    }

    private static void hold(Bundle bundle) {
        try {
            bundle.stop();
            LOG.warn("{} is not in the lock file and is not started", bundle);
        } catch (BundleException e) {
            LOG.warn("{} is not in the lock file and cannot be kept from starting", bundle, e);
        }
    }
}
