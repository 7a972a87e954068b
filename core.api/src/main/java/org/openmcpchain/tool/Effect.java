/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

/** What a call does to the world, and so what a repeated call may cost. */
public enum Effect {
    /** Looks only. May be repeated freely. */
    READ,
    /** Changes something outside the host that is not a chain; carries an idempotency key. */
    EXTERNAL,
    /** Sends transactions. */
    TRANSACTION
}
