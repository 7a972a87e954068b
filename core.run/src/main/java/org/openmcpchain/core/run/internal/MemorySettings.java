/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How much the store in memory holds. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: store in memory",
        description = "Keeps runs and journal in memory; everything is lost at stop. Its mere presence switches it on.")
public @interface MemorySettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Entry limit",
            description = "Journal entries that are kept at most; then writing is refused, because memory is finite."
                    + " Unit: entries. Default: 1,000,000.",
            min = "1")
    long entryLimit() default 1_000_000;
}
