/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** What a store implements and an executor works with: the contracts around the run engine. */
@Export
@Version("1.0.0")
package org.openmcpchain.core.run;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
