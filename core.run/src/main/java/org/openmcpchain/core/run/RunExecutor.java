/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the work of a run. One service; the agent is one. Called on a thread of the run's lane, for one run at a time on
 * each thread.
 */
@ConsumerType
public interface RunExecutor {

    /**
     * Works on a run until it has ended. A run that was begun before (see {@link RunSession#history}) is continued at
     * its first unfinished step: a journaled model reply is used and not asked for again, a journaled tool result is
     * used and not computed again, and a call that was begun but has no result is made again under the same call id.
     *
     * <p>Lets {@link RunSuspendedException}, {@link RunHeldException} and {@code HostException} with {@code RUN_CANCELLED}
     * pass. A {@code HostException} whose code is retryable means: try again. The run is tried again after a while, as
     * often as the host's configuration says ({@link RunSession#retriesLeft}); then it ends as FAILED with that code and
     * leaves a dead letter. Two retryable codes are not tried again: {@code RUN_DEADLINE}, because the attempt had its
     * time, and {@code CHAIN_OUTCOME_UNKNOWN}, because the chain settles it. Any other {@code HostException} ends the run
     * as FAILED with its code, any other exception with {@code RUN_INTERNAL}.
     *
     * <p>When the host stops, when this service leaves, when the run is cancelled and at the run's deadline, {@link
     * RunSession#checkActive} throws, and a little later the thread is interrupted. What was journaled until then
     * counts; the rest is done again by the next attempt.
     */
    RunEnding execute(RunSession session);
}
