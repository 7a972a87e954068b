/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The runs of this host. Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface Runs {

    /**
     * Writes a goal to disk and queues it; returns when it is on disk. The same client id and goal give the earlier run.
     *
     * <p>Errors: {@code REQUEST_INVALID} (parameter {@code field}), {@code RUN_CLIENT_ID_CONFLICT},
     * {@code RUN_QUEUE_FULL}, {@code CHAIN_UNKNOWN}.
     */
    Submission submit(RunRequest request);

    /** The run, or empty. */
    Optional<Run> find(String id);

    /** A part of the list of runs. */
    Page<Run> list(RunQuery query);

    /** How many runs there are, by state. */
    RunStats stats();

    /**
     * Ends a run that has not ended. What was sent to a chain stays sent.
     *
     * <p>Errors: {@code RUN_UNKNOWN}, {@code RUN_TRANSITION_ILLEGAL}.
     */
    Run cancel(String id, String principal, String reason);
}
