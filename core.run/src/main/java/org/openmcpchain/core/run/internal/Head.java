/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;

/**
 * The end of a stream.
 *
 * @param seq the number of its last entry, 0 when there is none
 * @param hash the hash of its last entry
 * @param ended whether the run of this stream has ended
 */
record Head(long seq, String hash, boolean ended) {

    static final Head EMPTY = new Head(0, JournalEntry.ORIGIN, false);

    static Head of(JournalEntry last) {
        return new Head(last.seq(), last.hash(), last.type().equals(EntryTypes.RUN_ENDED));
    }

    static Head of(StreamHead head) {
        return new Head(head.seq(), head.hash(), head.ended());
    }
}
