/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Error codes and the one exception that carries them. */
@Export
@Version("1.3.0")
package org.openmcpchain.error;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
