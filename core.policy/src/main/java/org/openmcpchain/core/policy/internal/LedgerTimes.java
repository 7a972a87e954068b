/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Durations of settings, and the single threads that work by them. */
final class LedgerTimes {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerTimes.class);

    private LedgerTimes() {}

    /** Error: {@code CONFIG_INVALID} for what is no ISO 8601 duration of more than nothing. */
    static Duration positive(String name, String text) {
        try {
            Duration duration = Duration.parse(text.trim());
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw HostException.caused(e, ConfigError.CONFIG_INVALID, "key", name, "rule", "an ISO 8601 duration");
        }
        throw HostException.of(ConfigError.CONFIG_INVALID, "key", name, "rule", "more than nothing");
    }

    /** One daemon thread of this name. What is delayed when it shuts down is not done any more. */
    static ScheduledExecutorService thread(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** A task that is done again next time, whatever happens this time. */
    static Runnable guarded(String what, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("{} failed; it is done again", what, e);
            }
        };
    }
}
