/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

/** What somebody did to a stream. */
public enum Damage {
    /** Nothing. */
    NONE,
    /** An entry's content is not what its hash says. */
    EDITED,
    /** An entry is missing between two others. */
    DELETED,
    /** Entries stand in another order. */
    REORDERED,
    /** The last entries are missing. */
    TRUNCATED,
    /** An entry is there that does not belong there. */
    INSERTED,
    /** The stream as a whole is missing. */
    REMOVED
}
