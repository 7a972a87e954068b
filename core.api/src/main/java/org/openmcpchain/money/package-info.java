/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Assets and amounts: integers in base units, never floating point. */
@Export
@Version("1.1.0")
package org.openmcpchain.money;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
