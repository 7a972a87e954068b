/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** The ordered, hash-chained record of everything that a run or an administrator did. */
@Export
@Version("1.1.0")
package org.openmcpchain.journal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
