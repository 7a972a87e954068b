/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Catalogue, installation and the identity of installed bundles. */
@Export
@Version("1.0.0")
package org.openmcpchain.market;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
