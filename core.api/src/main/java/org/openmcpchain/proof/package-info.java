/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Canonical bytes, digests and receipts. */
@Export
@Version("1.1.0")
package org.openmcpchain.proof;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
