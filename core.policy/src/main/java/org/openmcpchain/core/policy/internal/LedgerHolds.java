/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

/** The reservations of intents that people are asked about, seen from the approvals. Thread-safe. */
interface LedgerHolds {

    /** What is to be written when a held intent will not be carried out: its reservation is given back. */
    Consequence giveBack(String key, String stream, String reason);
}
