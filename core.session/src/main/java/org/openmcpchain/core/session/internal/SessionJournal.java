/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;

/** The streams and documents of sessions. Whoever writes holds the session's lane. Thread-safe. */
final class SessionJournal {

    private static final int PAGE = 500;

    private final JournaledStore store;
    private final Journal journal;
    private final Clock clock;

    SessionJournal(JournaledStore store, Journal journal, Clock clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    /** Every session as it stands. Walks no stream. */
    List<SessionRecord> all() {
        return store.documents(SessionDocument.COLLECTION).stream()
                .map(SessionDocument::read)
                .toList();
    }

    Optional<SessionRecord> load(String key) {
        return store.document(SessionDocument.COLLECTION, key).map(SessionDocument::read);
    }

    /** The session from its stream alone, page by page; for when it is not known whether a write was done. */
    Optional<SessionRecord> rebuild(String key) {
        SessionFold fold = new SessionFold();
        long seq = 0;
        List<JournalEntry> page = entries(key, seq);
        while (!page.isEmpty()) {
            page.forEach(entry -> fold.apply(entry.type(), Entry.of(entry.body()), entry.at()));
            seq = page.get(page.size() - 1).seq();
            page = entries(key, seq);
        }
        return seq == 0 ? Optional.empty() : Optional.of(fold.record());
    }

    /** Entries behind a place, a page of them. */
    List<JournalEntry> entries(String key, long afterSeq) {
        return entries(key, afterSeq, PAGE);
    }

    List<JournalEntry> entries(String key, long afterSeq, int limit) {
        return journal.read(SessionRecord.stream(key), afterSeq, limit);
    }

    /** One entry. Error: {@code JOURNAL_BROKEN} if it is not there. */
    Entry entry(String key, long seq) {
        List<JournalEntry> found = entries(key, seq - 1, 1);
        if (found.isEmpty() || found.get(0).seq() != seq) {
            throw HostException.of(JournalError.JOURNAL_BROKEN, "detail", "an entry of a session is missing");
        }
        return Entry.of(found.get(0).body());
    }

    SessionMemory memory(String key) {
        return store.document(SessionMemory.COLLECTION, key)
                .map(SessionMemory::read)
                .orElse(SessionMemory.EMPTY);
    }

    Optional<StoredDocument> document(String collection, String id) {
        return store.document(collection, id);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The first entry of a session. */
    SessionRecord begin(String key, String type, Map<String, Object> body) {
        return write(key, new SessionFold(), 0, type, body, List.of());
    }

    /**
     * One more entry, and what it makes of the session.
     *
     * @throws StreamMovedException if somebody else wrote to the stream, so that what was stored is not true
     */
    SessionRecord write(SessionRecord record, String type, Map<String, Object> body, List<StoreChange> rows) {
        return write(record.key(), new SessionFold(record), record.seq(), type, body, rows);
    }

    private SessionRecord write(
            String key, SessionFold fold, long seq, String type, Map<String, Object> body, List<StoreChange> rows) {
        SessionRecord next =
                fold.apply(type, Entry.of(CanonicalJson.of(body)), now()).record();
        List<StoreChange> all = new ArrayList<>(rows);
        all.add(new DocumentSaved(SessionDocument.of(next)));
        JournalEntry entry = store.write(List.of(new EntryDraft(SessionRecord.stream(key), type, body)), all)
                .get(0);
        if (entry.seq() != seq + 1) {
            throw new StreamMovedException(key);
        }
        return next;
    }

    /** A write that was given up for lost was done after all, and the one behind it did not know. */
    static final class StreamMovedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StreamMovedException(String key) {
            super("the stream of session " + key + " went on unseen", null, false, false);
        }
    }
}
