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
}
