/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** What a tool author writes and what a tool is given. */
@Export
@Version("1.0.0")
package org.openmcpchain.tool;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
