/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** How the core uses parts that come and go, such as tools and inference providers, while it stays itself. */
@Export
@Version("1.0.0")
package org.openmcpchain.core.lease;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
