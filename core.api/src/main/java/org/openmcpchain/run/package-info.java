/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Runs: a goal, its states and its outcome. */
@Export
@Version("1.1.0")
package org.openmcpchain.run;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
