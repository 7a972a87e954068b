/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

/** Which side of an exchange a value stands on. */
enum Role {
    /** It is given away. */
    SOURCE,
    /** It is to be received. */
    GOAL,
    /** Nothing says so. */
    NONE;

    boolean contradicts(Role other) {
        return this != NONE && other != NONE && this != other;
    }
}
