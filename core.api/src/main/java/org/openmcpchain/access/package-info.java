/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Who may call: API keys and principals. */
@Export
@Version("1.1.0")
package org.openmcpchain.access;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
