/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an empty database begins with. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: restore",
        description = "Brings the rows of a snapshot back into an empty database before anything else starts.")
public @interface RestoreSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Snapshot",
            description =
                    "The id of the snapshot that an empty database is filled from; a database with rows is left alone. The"
                            + " host stays shut when the snapshot is not what its hash says. Default: empty, which restores nothing.")
    String restore() default "";
}
