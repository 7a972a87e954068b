/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** The gate: intents, verdicts, rules, ledgers and approvals. */
@Export
@Version("1.2.0")
package org.openmcpchain.policy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
