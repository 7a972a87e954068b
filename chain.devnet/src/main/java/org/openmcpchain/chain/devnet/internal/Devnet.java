/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openmcpchain.error.HostException;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The development chain as a component. One thread, {@code devnet}, looks after the chain every few seconds; so a chain
 * that could not be started, or that was ended from outside, comes up as soon as it can.
 */
@Component(
        name = Devnet.PID,
        service = {},
        immediate = true,
        configurationPid = Devnet.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DevnetConfig.class)
public final class Devnet {

    static final String PID = "org.openmcpchain.chain.devnet.Devnet";

    private static final Logger LOG = LoggerFactory.getLogger(Devnet.class);
    private static final String CACHE = "OPENMCP_CACHE";
    private static final long ROUND_SECONDS = 5;
    private static final long STOP_SECONDS = 15;

    private final DevnetKeeper keeper;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "devnet"));
    private String lastFailure;

    @Activate
    public Devnet(@Reference ConfigurationAdmin configurations, BundleContext context, DevnetConfig config) {
        String property = context.getProperty(CACHE);
        Path storage = context.getDataFile("chain").toPath();
        DevnetSettings settings =
                DevnetSettings.from(config, property != null ? property : System.getenv(CACHE), storage);
        this.keeper = new DevnetKeeper(settings, new NetworkPublisher(configurations), Clock.systemUTC());
        rounds.scheduleWithFixedDelay(this::round, 0, ROUND_SECONDS, TimeUnit.SECONDS);
    }

    private void round() {
        try {
            keeper.tend();
            lastFailure = null;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (!rounds.isShutdown()) {
                sayOnce(e);
            }
        }
    }

    /** A chain that stays away is reported when that begins, not every few seconds. */
    private void sayOnce(Exception failure) {
        String text = failure.toString();
        if (!text.equals(lastFailure)) {
            lastFailure = text;
            String remedy =
                    failure instanceof HostException known ? known.code().remedy() : "It is tried again";
            LOG.warn("The development chain is not available: {}. {}", text, remedy);
            LOG.debug("The development chain is not available", failure);
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        rounds.shutdownNow();
        if (!rounds.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The development chain's thread did not end in time");
            return;
        }
        try {
            keeper.close();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("The network could not be withdrawn; the framework is stopping", e);
        }
    }
}
