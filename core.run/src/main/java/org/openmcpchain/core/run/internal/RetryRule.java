/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;

/** How often and when a run is tried again whose attempt failed for a reason that may pass. Immutable. */
final class RetryRule {

    private static final int LONGEST_SHIFT = 30;
    private static final double PERCENT = 100;

    private final int retries;
    private final Duration first;
    private final Duration longest;
    private final double jitter;
    private final DoubleSupplier random;

    /**
     * @param retries how often at most
     * @param first the wait before the first retry; each further one is twice as long
     * @param longest no wait is longer
     * @param jitterPercent which part of a wait is left to chance: 0 for none, 100 for all of it
     * @param random numbers from 0 to below 1
     */
    RetryRule(int retries, Duration first, Duration longest, int jitterPercent, DoubleSupplier random) {
        this.retries = retries;
        this.first = first;
        this.longest = longest;
        this.jitter = jitterPercent / PERCENT;
        this.random = random;
    }

    /** The rule of a configuration. Error: {@code CONFIG_INVALID}. */
    static RetryRule of(EngineSettings settings, DoubleSupplier random) {
        Duration first = SettingText.duration("retryDelay", settings.retryDelay());
        Duration longest = SettingText.duration("retryDelayLimit", settings.retryDelayLimit());
        refuseUnless(settings.retries() >= 0, "retries", settings.retries(), "0 or more");
        int jitter = settings.retryJitter();
        refuseUnless(jitter >= 0 && jitter <= PERCENT, "retryJitter", jitter, "0 to 100");
        return new RetryRule(settings.retries(), first, longest, jitter, random);
    }

    private static void refuseUnless(boolean condition, String key, int value, String rule) {
        if (!condition) {
            throw HostException.of(ConfigError.CONFIG_INVALID, "key", key, "value", value, "rule", rule);
        }
    }

    /**
     * Whether a failure with this code may pass. A deadline is not: the attempt had its time. An outcome that is not known
     * is not: the chain settles it, and not another attempt.
     */
    static boolean mayPass(ErrorCode code) {
        return code.retryable() && code != RunError.RUN_DEADLINE && code != ChainError.CHAIN_OUTCOME_UNKNOWN;
    }

    /** How often a run may still be tried again. */
    int left(int retriesBefore) {
        return Math.max(0, retries - retriesBefore);
    }

    /** How long to wait before the next retry, or empty when there were enough of them. */
    Optional<Duration> next(int retriesBefore) {
        if (retriesBefore >= retries) {
            return Optional.empty();
        }
        Duration grown = first.multipliedBy(1L << Math.min(retriesBefore, LONGEST_SHIFT));
        Duration wait = grown.compareTo(longest) > 0 ? longest : grown;
        long nanos = (long) (wait.toNanos() * (1 - jitter * random.getAsDouble()));
        return Optional.of(Duration.ofNanos(nanos));
    }
}
