/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Arguments that fit an operation's schema.
 *
 * @param values with defaults filled in; exact numbers are texts
 * @param canonical their canonical JSON
 * @param sha256 the SHA-256 of that, lower-case hex
 */
record CheckedArguments(ObjectNode values, String canonical, String sha256) {}
