/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;

/** A store whose writes are done while nobody is told, as often as a test says. */
final class SilentStore implements JournaledStore {

    private final JournaledStore store;
    private final AtomicInteger silent = new AtomicInteger();

    SilentStore(JournaledStore store) {
        this.store = store;
    }

    /** So many of the next writes are done, but nobody is told. */
    void loseAnswers(int count) {
        silent.set(count);
    }

    @Override
    public List<JournalEntry> write(List<EntryDraft> entries, List<StoreChange> rows) {
        List<JournalEntry> written = store.write(entries, rows);
        if (silent.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE, "detail", "it may still be written");
        }
        return written;
    }

    @Override
    public Optional<StoredDocument> document(String collection, String id) {
        return store.document(collection, id);
    }

    @Override
    public List<StoredDocument> documents(String collection) {
        return store.documents(collection);
    }
}
