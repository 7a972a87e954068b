/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Networks, reads, transaction intents and what became of them. */
@Export
@Version("1.1.0")
package org.openmcpchain.chain;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
