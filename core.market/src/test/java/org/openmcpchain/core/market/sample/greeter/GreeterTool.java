/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.sample.greeter;

import org.openmcpchain.tool.Tool;
import org.osgi.service.component.annotations.Component;

/** A tool that works. */
@Component(service = Tool.class, property = Tool.NAME + "=greeter")
public final class GreeterTool implements Tool {}
