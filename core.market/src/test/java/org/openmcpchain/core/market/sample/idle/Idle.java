/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.sample.idle;

import org.openmcpchain.tool.Tool;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** A tool that wants to be configured first. */
@Component(service = Tool.class, configurationPid = "sample.Idle", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Idle implements Tool {}
