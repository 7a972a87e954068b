/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

/**
 * A tool call that a model wants.
 *
 * @param id the host's call id, {@code <round>.<index>}
 * @param name the tool that it names; need not exist
 * @param arguments what it wrote as arguments; need not be JSON
 */
record PlannedCall(String id, String name, String arguments) {}
