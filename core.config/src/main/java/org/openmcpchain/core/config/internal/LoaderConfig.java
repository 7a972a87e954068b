/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the operator's configuration stands. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain configuration files",
        description = "Where openmcp.yaml or openmcp.json and openmcp.env are looked for")
@interface LoaderConfig {

    /** The directory; empty for the framework property {@code karaf.etc}. */
    @AttributeDefinition(
            name = "Directory",
            description = "The directory that holds the files; empty for the host's own etc directory",
            required = false)
    String directory() default "";
}
