/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.access.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the first key goes. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: API keys",
        description = "API keys of this host; only their hashes are stored.")
public @interface KeySettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Admin key file",
            description = "Where a host without any key writes its first one, readable by its owner only; read it once,"
                    + " then delete it, for nothing else keeps the key. A relative path begins in the data folder of"
                    + " the host. Unit: path. Default: admin-api-key.")
    String adminKeyFile() default "admin-api-key";
}
