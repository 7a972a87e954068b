/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Sees when a change of one bundle reaches another one. */
final class Disturbances implements SynchronousBundleListener, AutoCloseable {

    private static final int DISTURBING =
            BundleEvent.STOPPING | BundleEvent.UNRESOLVED | BundleEvent.UPDATED | BundleEvent.UNINSTALLED;

    private final BundleContext context;
    private final String expected;
    private final Set<String> disturbed = new ConcurrentSkipListSet<>();

    Disturbances(BundleContext context, String expected) {
        this.context = context;
        this.expected = expected;
        context.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        String symbolicName = String.valueOf(event.getBundle().getSymbolicName());
        if ((event.getType() & DISTURBING) != 0 && !symbolicName.equals(expected)) {
            disturbed.add(symbolicName);
        }
    }

    /** Symbolic names, ordered. */
    List<String> seen() {
        return List.copyOf(new TreeSet<>(disturbed));
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }
}
