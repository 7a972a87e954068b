/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** What inference providers are plugged in. */
@Export
@Version("1.0.0")
package org.openmcpchain.inference;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
