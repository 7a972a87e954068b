/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How tools are let go. */
@ObjectClassDefinition(
        id = ToolRegistry.PID,
        name = "OpenMCP-Chain: tool registry",
        description = "How long a tool that is being removed may finish the calls that it is working on.")
@interface ToolsConfig {

    @AttributeDefinition(
            name = "Drain time (seconds)",
            description =
                    "How long the removal of a tool waits for its calls to end. Calls that take longer are interrupted; what they"
                            + " sent to a chain stays sent and is settled by the host. 0: they are interrupted at once.",
            min = "0",
            max = "600")
    int drainSeconds() default 10;
}
