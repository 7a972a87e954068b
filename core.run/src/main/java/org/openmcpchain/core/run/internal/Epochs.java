/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

/** Which checkpoint comes next: each stream that moves is marked with its number. Thread-safe. */
interface Epochs {

    /** Marks what is written from now on; what was accepted before is on disk when this returns. */
    void begin(long checkpoint);

    /** Whether a stream other than that of the checkpoints may have moved since the last {@link #begin}. */
    boolean moved();
}
