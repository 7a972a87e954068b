/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.sample.thrower;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle whose activator fails. */
public final class Thrower implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("the moon is in the wrong house");
    }

    @Override
    public void stop(BundleContext context) {
        // It never runs.
    }
}
