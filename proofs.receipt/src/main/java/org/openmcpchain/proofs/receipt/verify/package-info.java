/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Checks receipts without a host and without a network. */
@Export
@Version("1.0.0")
package org.openmcpchain.proofs.receipt.verify;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
