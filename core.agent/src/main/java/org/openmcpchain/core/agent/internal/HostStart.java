/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Knows when the host has started all its bundles. A run that is continued right after a restart must not find that its
 * tool "is not installed" only because the framework has not come to it yet.
 *
 * <p>Bundles that are installed later (tools among them) get the framework's initial bundle start level; once the active
 * level has reached it, each of them had its turn.
 */
final class HostStart implements FrameworkListener, AutoCloseable {

    private final BundleContext context;
    private final FrameworkStartLevel levels;
    private final CountDownLatch complete = new CountDownLatch(1);

    HostStart(BundleContext context) {
        this.context = context;
        this.levels = context.getBundle(0).adapt(FrameworkStartLevel.class);
        context.addFrameworkListener(this);
        check();
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        check();
    }

    /** Waits until every bundle had its turn, or the patience is over. */
    void await(Duration patience) throws InterruptedException {
        complete.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        context.removeFrameworkListener(this);
    }

    private void check() {
        if (levels.getStartLevel() >= levels.getInitialBundleStartLevel()) {
            complete.countDown();
        }
    }
}
