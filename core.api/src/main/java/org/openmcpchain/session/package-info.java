/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Conversations: sessions, their messages and what an agent is told of them. */
@Export
@Version("1.0.0")
package org.openmcpchain.session;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
