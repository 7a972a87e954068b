/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How runs are worked on. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: run engine",
        description = "The lane on which runs are worked on, and how it ends. A change restarts the lane: running"
                + " attempts are suspended and continued.")
public @interface EngineSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Workers",
            description = "Runs that are worked on at once; each holds a thread, mostly waiting for a model or a chain."
                    + " Unit: threads. Default: 4.",
            min = "1",
            max = "256")
    int workers() default 4;

    /** See the description. */
    @AttributeDefinition(
            name = "Queue limit",
            description =
                    "Runs that may wait for a worker; a goal beyond that is refused with RUN_QUEUE_FULL instead of"
                            + " being accepted and kept waiting for hours. Unit: runs. Default: 1000.",
            min = "1",
            max = "1000000")
    int queueLimit() default 1000;

    /** See the description. */
    @AttributeDefinition(
            name = "Run deadline",
            description = "How long one attempt at a run may take; then it ends with RUN_DEADLINE, because a run that"
                    + " hangs holds a worker. Time in the queue does not count. Unit: ISO-8601 duration."
                    + " Default: PT10M.")
    String runDeadline() default "PT10M";

    /** See the description. */
    @AttributeDefinition(
            name = "Drain",
            description = "How long a stop waits for attempts to reach the end of their step; at half time they are"
                    + " interrupted. What is cut off is continued at the next start. Unit: ISO-8601 duration."
                    + " Default: PT5S.")
    String drain() default "PT5S";

    /** See the description. */
    @AttributeDefinition(
            name = "Retries",
            description =
                    "How often a run is tried again whose attempt failed for a reason that may pass (an error code"
                            + " that is retryable). After that the run fails and a dead letter is left. 0: never."
                            + " Unit: retries of one run. Default: 3.",
            min = "0",
            max = "1000")
    int retries() default 3;

    /** See the description. */
    @AttributeDefinition(
            name = "Retry delay",
            description = "The wait before the first retry; each further one is twice as long. No thread is held"
                    + " meanwhile. Unit: ISO-8601 duration. Default: PT0.1S.")
    String retryDelay() default "PT0.1S";

    /** See the description. */
    @AttributeDefinition(
            name = "Retry delay limit",
            description = "No wait before a retry is longer. Unit: ISO-8601 duration. Default: PT5S.")
    String retryDelayLimit() default "PT5S";

    /** See the description. */
    @AttributeDefinition(
            name = "Retry jitter",
            description = "Which part of a wait is left to chance, so that runs that failed together do not come back"
                    + " together: at 100 a wait is anything from nothing to all of it. Unit: percent. Default: 100.",
            min = "0",
            max = "100")
    int retryJitter() default 100;

    /** See the description. */
    @AttributeDefinition(
            name = "Give up",
            description = "How long an attempt may go on that was cancelled, or whose time is up, and that does not"
                    + " react to its interrupt. Then its run ends without it; its thread is missing until it comes"
                    + " back. Seen by the next sweep. Unit: ISO-8601 duration. Default: PT30S.")
    String giveUp() default "PT30S";

    /** See the description. */
    @AttributeDefinition(
            name = "Sweep",
            description = "How often runs are looked for that wait in the store and in no queue, because a write was"
                    + " acknowledged too late for whoever would have put them in. Unit: ISO-8601 duration."
                    + " Default: PT30S.")
    String sweep() default "PT30S";
}
