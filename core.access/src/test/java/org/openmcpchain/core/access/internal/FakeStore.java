/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.access.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;

/** Keeps documents and remembers what was journaled. */
final class FakeStore implements JournaledStore {

    final Map<String, StoredDocument> documents = new TreeMap<>();
    final List<EntryDraft> journal = new ArrayList<>();
    boolean broken;

    @Override
    public List<JournalEntry> write(List<EntryDraft> entries, List<StoreChange> rows) {
        if (broken) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
        }
        journal.addAll(entries);
        rows.forEach(row -> {
            StoredDocument document = ((DocumentSaved) row).document();
            documents.put(document.id(), document);
        });
        return List.of();
    }

    @Override
    public Optional<StoredDocument> document(String collection, String id) {
        return Optional.ofNullable(documents.get(id));
    }

    @Override
    public List<StoredDocument> documents(String collection) {
        return documents.values().stream()
                .filter(document -> document.collection().equals(collection))
                .toList();
    }
}
