/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.util.List;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.journal.JournalEntry;

/** The store, measured like the others. */
record StoreAppender(OpenStore open) implements Appender {

    @Override
    public void append(List<JournalEntry> entries) {
        open.store()
                .commit(entries.stream().<StoreChange>map(EntryAppended::new).toList());
    }

    @Override
    public long head() {
        return open.store().head(Entries.STREAM).map(JournalEntry::seq).orElse(0L);
    }

    @Override
    public long count() {
        long after = 0;
        long seen = 0;
        while (true) {
            List<JournalEntry> part = open.store().entries(Entries.STREAM, after, 1000);
            if (part.isEmpty()) {
                return seen;
            }
            seen += part.size();
            after = part.get(part.size() - 1).seq();
        }
    }

    @Override
    public void close() {
        open.close();
    }
}
