/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Fakes of what the host gives a tool, and the contract tests that every tool bundle must pass. For tests only. */
package org.openmcpchain.author.testkit;
