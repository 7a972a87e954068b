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

/** Journal entries of an ordinary size: 300 bytes of body. */
final class Entries {

    /** The stream of the measurements. */
    static final String STREAM = "run/measured";

    private static final String BODY = "{\"note\":\"" + "x".repeat(289) + "\"}";
    private static final Instant AT = Instant.parse("2026-11-20T00:00:00Z");

    private Entries() {}

    static JournalEntry entry(String stream, long seq) {
        return new JournalEntry(stream, seq, AT, "tool.returned", BODY, JournalEntry.ORIGIN, JournalEntry.ORIGIN);
    }

    /** The entries from a sequence number on. */
    static List<JournalEntry> entries(String stream, long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(seq -> entry(stream, seq))
                .toList();
    }

    /** Their appends. */
    static List<StoreChange> appends(String stream, long from, int count) {
        return entries(stream, from, count).stream()
                .<StoreChange>map(EntryAppended::new)
                .toList();
    }
}
