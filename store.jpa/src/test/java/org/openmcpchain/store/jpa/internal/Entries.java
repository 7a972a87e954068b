/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.journal.JournalEntry;

/** Journal entries of an ordinary size: about 300 bytes of body. */
final class Entries {

    private static final String BODY = "{\"note\":\"" + "x".repeat(289) + "\"}";
    private static final Instant AT = Instant.parse("2026-11-20T00:00:00Z");

    private Entries() {}

    static JournalEntry entry(String stream, long seq) {
        return new JournalEntry(
                stream, seq, AT, "tool.returned", BODY, JournalEntry.ORIGIN, String.format("%064x", seq));
    }

    /** Appends of the entries from a sequence number on. */
    static List<StoreChange> appends(String stream, long from, int count) {
        return LongStream.range(from, from + count)
                .<StoreChange>mapToObj(seq -> new EntryAppended(entry(stream, seq)))
                .toList();
    }
}
