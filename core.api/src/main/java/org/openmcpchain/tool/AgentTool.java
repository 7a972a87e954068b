/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/**
 * Names a tool and requires a host that can run it. The name is the first half of each operation's public name, as in
 * {@code dex_swap}: 1 to 24 of {@code [a-z0-9]}.
 *
 * <p>It is a component property type: the name becomes the service property {@link Tool#NAME}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@org.osgi.service.component.annotations.ComponentPropertyType
@Requirement(namespace = "openmcp.host", name = "agent", version = "1.0.0", effective = "active")
public @interface AgentTool {

    /** Prefix of the service property. */
    String PREFIX_ = "tool.";

    /** The tool's name. */
    String name();
}
