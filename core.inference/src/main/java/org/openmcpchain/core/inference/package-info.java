/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** The provider contract, which speaks LangChain4j, and the lease under which a provider is used. */
@Export
@Version("1.1.0")
package org.openmcpchain.core.inference;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
