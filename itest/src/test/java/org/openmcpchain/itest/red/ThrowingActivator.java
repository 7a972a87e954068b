/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest.red;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Goes into a jar of a red fixture: the bundle resolves and cannot be started. */
public final class ThrowingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("the oven is cold");
    }

    @Override
    public void stop(BundleContext context) {
        // It was never started.
    }
}
