/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentRemoved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.run.Page;

/** Where approvals are kept: an index in memory over documents in the store. Thread-safe. */
final class ApprovalShelf {

    private static final int PRUNE_BATCH = 200;

    private final JournaledStore store;
    private final ApprovalIndex index = new ApprovalIndex();
    private final ApprovalIds ids = new ApprovalIds();

    /** Reads what was written before. */
    ApprovalShelf(JournaledStore store) {
        this.store = store;
        store.documents(ApprovalText.COLLECTION).stream()
                .map(ApprovalText::read)
                .forEach(stored -> {
                    index.put(ApprovalIndex.Entry.of(stored));
                    ids.behind(stored.id());
                });
    }

    String nextId(Instant at) {
        return ids.next(at.toEpochMilli());
    }

    Optional<ApprovalIndex.Entry> entry(String id) {
        return index.find(id);
    }

    List<ApprovalIndex.Entry> in(Set<Approval.State> states) {
        return index.in(states);
    }

    Optional<ApprovalCase> find(String id) {
        return index.find(id).flatMap(entry -> read(entry.id()));
    }

    Optional<ApprovalCase> newestOf(String key) {
        return index.newestOf(key).flatMap(this::read);
    }

    private Optional<ApprovalCase> read(String id) {
        return store.document(ApprovalText.COLLECTION, id).map(ApprovalText::read);
    }

    Page<Approval> page(Set<Approval.State> states, int offset, int limit) {
        List<ApprovalIndex.Entry> all = index.in(states);
        int from = Math.min(offset, all.size());
        int to = (int) Math.min((long) from + limit, all.size());
        List<Approval> items = new ArrayList<>();
        all.subList(from, to)
                .forEach(entry -> read(entry.id()).map(ApprovalCase::approval).ifPresent(items::add));
        return new Page<>(items, all.size(), to < all.size() ? OptionalInt.of(to) : OptionalInt.empty());
    }

    /** Writes a change now. A run may have ended in the meantime; then the stream of the host takes the entries. */
    void write(ApprovalChange change) {
        try {
            store.write(change.entries(), change.rows());
        } catch (HostException e) {
            if (e.code() != JournalError.STREAM_ENDED) {
                throw e;
            }
            List<EntryDraft> elsewhere = change.entries().stream()
                    .map(entry -> new EntryDraft(JournalEntry.HOST_STREAM, entry.type(), entry.body()))
                    .toList();
            store.write(elsewhere, change.rows());
        }
        written(change);
    }

    /** A change is on disk. */
    void written(ApprovalChange change) {
        change.cases().forEach(after -> index.put(ApprovalIndex.Entry.of(after)));
    }

    /** Takes approvals out of the list that were closed before a time; the journal keeps them. */
    void prune(Instant closedBefore) {
        List<ApprovalIndex.Entry> old = index.in(Set.of()).stream()
                .filter(entry -> entry.state() != Approval.State.PENDING && entry.state() != Approval.State.APPROVED)
                .filter(entry ->
                        entry.closedAt().map(at -> at.isBefore(closedBefore)).orElse(false))
                .limit(PRUNE_BATCH)
                .toList();
        if (old.isEmpty()) {
            return;
        }
        List<StoreChange> rows = new ArrayList<>();
        old.forEach(entry -> rows.add(new DocumentRemoved(ApprovalText.COLLECTION, entry.id())));
        Map<String, Object> body = Map.of("state", "PRUNED", "approvals", old.size());
        store.write(List.of(new EntryDraft(JournalEntry.HOST_STREAM, EntryTypes.APPROVAL_CLOSED, body)), rows);
        old.forEach(index::remove);
    }
}
