/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Accounts and signing, wherever the key lives. */
@Export
@Version("1.1.0")
package org.openmcpchain.wallet;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
