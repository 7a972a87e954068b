/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

/** Where a transaction is. Only {@link #MINED}, {@link #REVERTED}, {@link #REPLACED} and {@link #DROPPED} are final. */
public enum TransactionState {
    /** The signed bytes are on disk; they may or may not have reached the node. */
    SIGNED,
    /** The node has taken them. */
    SUBMITTED,
    /** Executed, and deep enough. */
    MINED,
    /** Executed and reverted; the nonce and the gas are spent. */
    REVERTED,
    /** No receipt came in time. It may still be mined: the nonce is not free and nothing is sent anew. */
    UNKNOWN,
    /** Another transaction with the same nonce was mined. */
    REPLACED,
    /** Proven to be gone. */
    DROPPED;

    /** Whether nothing can change any more. */
    public boolean isFinal() {
        return this == MINED || this == REVERTED || this == REPLACED || this == DROPPED;
    }
}
