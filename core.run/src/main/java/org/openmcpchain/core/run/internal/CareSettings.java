/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** When the journal is made smaller, and when it is copied. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: journal care",
        description = "Archives of ended runs, which keep the database small, and snapshots of everything.")
public @interface CareSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Archive after",
            description =
                    "How long after its end the journal of a run goes into an archive file, once a day. It can be read as"
                            + " before. Unit: ISO-8601 duration. Default: P30D. Empty: never.")
    String archiveAfter() default "P30D";

    /** See the description. */
    @AttributeDefinition(
            name = "Full snapshot every",
            description = "How often all rows are copied. Unit: ISO-8601 duration. Default: P7D. Empty: never.")
    String fullEvery() default "P7D";

    /** See the description. */
    @AttributeDefinition(
            name = "Incremental snapshot every",
            description =
                    "How often what changed since the snapshot before is copied; this is what can be lost with the disk of"
                            + " the database. Unit: ISO-8601 duration. Default: P1D. Empty: never.")
    String incrementalEvery() default "P1D";

    /** See the description. */
    @AttributeDefinition(
            name = "Full snapshots kept",
            description =
                    "How many full snapshots are kept with what builds on them; older ones are deleted when a new full one"
                            + " is complete. Unit: snapshots. Default: 4.",
            min = "1",
            max = "1000")
    int keepFull() default 4;
}
