/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How often the journal proves what it holds. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: journal audit",
        description = "Checkpoints over the ends of all streams, in the journal and in a file beside the database.")
public @interface AuditSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Checkpoint interval",
            description =
                    "How long after a change a checkpoint is made at the latest; what was cut off both tables within"
                            + " this time does not show. Longer by itself when checkpoints take more than a fiftieth of it."
                            + " Unit: ISO-8601 duration. Default: PT1M.")
    String checkpointInterval() default "PT1M";
}
