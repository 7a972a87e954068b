/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentRemoved;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;

/**
 * A store that can refuse a write, or take it and let its writer die before it hears of it, as {@code kill -9} does. What
 * it has taken is all that the next life of a host finds.
 */
final class FakeJournaledStore implements JournaledStore {

    private final Map<String, TreeMap<String, StoredDocument>> documents = new TreeMap<>();
    private final List<JournalEntry> entries = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private Fate next = Fate.WRITE;

    /** What becomes of the next write. */
    enum Fate {
        WRITE,
        REFUSE,
        WRITE_AND_DIE
    }

    /** The writer is dead: nothing of it may go on. */
    static final class KilledError extends Error {
        private static final long serialVersionUID = 1L;
    }

    synchronized void next(Fate fate) {
        next = fate;
    }

    synchronized void end(String stream) {
        ended.add(stream);
    }

    synchronized List<JournalEntry> entries(String type) {
        return entries.stream().filter(entry -> entry.type().equals(type)).toList();
    }

    @Override
    public synchronized List<JournalEntry> write(List<EntryDraft> drafts, List<StoreChange> rows) {
        assertThatItIsAWrite(drafts, rows);
        Fate fate = next;
        next = Fate.WRITE;
        if (fate == Fate.REFUSE) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
        }
        List<JournalEntry> written = new ArrayList<>();
        for (EntryDraft draft : drafts) {
            written.add(new JournalEntry(
                    draft.stream(),
                    entries.size() + 1L,
                    Instant.EPOCH,
                    draft.type(),
                    CanonicalJson.of(draft.body()),
                    JournalEntry.ORIGIN,
                    JournalEntry.ORIGIN));
        }
        entries.addAll(written);
        rows.forEach(this::apply);
        if (fate == Fate.WRITE_AND_DIE) {
            throw new KilledError();
        }
        return written;
    }

    private void assertThatItIsAWrite(List<EntryDraft> drafts, List<StoreChange> rows) {
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("rows are written with the entry that says so");
        }
        for (EntryDraft draft : drafts) {
            if (ended.contains(draft.stream())) {
                throw HostException.of(JournalError.STREAM_ENDED);
            }
        }
        for (StoreChange row : rows) {
            String id = row instanceof DocumentSaved saved ? saved.document().id() : ((DocumentRemoved) row).id();
            if (id.isEmpty() || id.length() > 128) {
                throw new IllegalArgumentException("not a document's name");
            }
        }
    }

    private void apply(StoreChange change) {
        if (change instanceof DocumentSaved saved) {
            documents
                    .computeIfAbsent(saved.document().collection(), name -> new TreeMap<>())
                    .put(saved.document().id(), saved.document());
        } else if (change instanceof DocumentRemoved removed) {
            documents
                    .computeIfAbsent(removed.collection(), name -> new TreeMap<>())
                    .remove(removed.id());
        }
    }

    @Override
    public synchronized Optional<StoredDocument> document(String collection, String id) {
        return Optional.ofNullable(
                documents.getOrDefault(collection, new TreeMap<>()).get(id));
    }

    @Override
    public synchronized List<StoredDocument> documents(String collection) {
        return List.copyOf(documents.getOrDefault(collection, new TreeMap<>()).values());
    }
}
