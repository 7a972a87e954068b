/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.util.List;
import java.util.Optional;
import org.openmcpchain.journal.JournalEntry;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way to change a row: together with the journal entry that says so, in one forced database transaction.
 * Concurrent writes share one force. Thread-safe.
 *
 * <p>Errors: {@code JOURNAL_UNAVAILABLE}, {@code ENTRY_TOO_LARGE}, {@code JSON_NOT_CANONICAL},
 * {@code STREAM_ENDED} (the run of that stream has ended).
 */
@ProviderType
public interface JournaledStore {

    /**
     * Appends the entries in their order and writes the rows with them; returns when all are on disk.
     *
     * @param entries at least one: no row changes without an entry that says so
     * @param rows any rows but entries
     */
    List<JournalEntry> write(List<EntryDraft> entries, List<StoreChange> rows);

    /** A document. */
    Optional<StoredDocument> document(String collection, String id);

    /** Every document of a collection, ordered by id. */
    List<StoredDocument> documents(String collection);
}
