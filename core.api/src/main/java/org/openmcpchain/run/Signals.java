/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.time.Duration;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Signals to runs that have not ended. Each is journaled in the run's stream before it has an effect. Thread-safe.
 *
 * <p>Errors of every method: {@code RUN_UNKNOWN}, {@code RUN_TRANSITION_ILLEGAL}, {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface Signals {

    /**
     * Changes the parameters of a run, or tells it something. The run sees it before its next step; of several values for
     * one parameter the latest wins; every signal is delivered, in order. A run acts for one person, and nobody else may
     * tell it what to do.
     *
     * <p>Errors: {@code SIGNAL_INVALID} (with {@code field}), {@code RUN_NOT_YOURS}.
     *
     * @param principal who tells it: the principal of the run
     * @param text something that the agent is told, or empty
     * @param parameters a JSON object of at most 16 KiB: {@code maxRounds}, {@code inferenceProvider}, {@code answer} and
     *     what an executor declares beside these; {@code {}} for none
     * @return the place of the signal in the run's stream
     */
    long steer(String runId, String principal, String text, String parameters);

    /**
     * Stops a run and keeps what it has: it is asked to stop, and after the grace it is made to. It is {@code PAUSED} then,
     * and {@link #resume} continues it at its first unfinished step.
     *
     * @param grace how long it may take to stop of its own accord: at most a minute
     */
    Run interrupt(String runId, String principal, String reason, Duration grace);

    /** Continues a paused run. */
    Run resume(String runId, String principal);

    /**
     * Waits for runs and puts their results together.
     *
     * <p>Error: {@code SIGNAL_INVALID}.
     *
     * @param each called for each run as it ends
     */
    Collected collect(CollectRequest request, Consumer<Collected.Part> each);
}
