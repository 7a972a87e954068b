/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** The operator's configuration: what is in force, what waits, what is wrong. */
@Export
@Version("1.0.0")
package org.openmcpchain.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
