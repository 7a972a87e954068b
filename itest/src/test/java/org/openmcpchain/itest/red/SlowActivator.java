/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest.red;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Goes into a jar of a red fixture: its start takes long enough for the host to be killed meanwhile. */
public final class SlowActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) throws InterruptedException {
        new CountDownLatch(1).await(6, TimeUnit.SECONDS);
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing was started.
    }
}
