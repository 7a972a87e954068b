/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.persistence.EntityManager;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentRemoved;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.HeadMoved;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.StoreChange.StreamArchived;
import org.openmcpchain.core.run.StoreChange.TransactionSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;

/**
 * The rows of one commit. Entries and receipts are inserted without a look at what is there, so that a second one with
 * the same key fails the commit. Of several changes to one row the last one wins, and costs one look and one write.
 */
final class ChangeWriter {

    private final List<JournalEntry> entries = new ArrayList<>();
    private final HeadWriter heads = new HeadWriter();
    private final Map<String, String> archived = new LinkedHashMap<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final Map<String, RunRecord> runs = new LinkedHashMap<>();
    private final Map<String, TransactionRecord> transactions = new LinkedHashMap<>();
    private final Map<DocumentRow.Key, Optional<StoredDocument>> documents = new LinkedHashMap<>();

    ChangeWriter(List<StoreChange> changes) {
        changes.forEach(this::sort);
    }

    private void sort(StoreChange change) {
        if (change instanceof EntryAppended appended) {
            entries.add(appended.entry());
        } else if (change instanceof HeadMoved moved) {
            heads.move(moved.head());
        } else if (change instanceof StreamArchived gone) {
            archived.put(gone.stream(), gone.archive());
        } else if (change instanceof RunSaved saved) {
            runs.put(saved.run().id(), saved.run());
        } else if (change instanceof TransactionSaved saved) {
            transactions.put(saved.transaction().idempotencyKey(), saved.transaction());
        } else if (change instanceof ReceiptSaved saved) {
            receipts.add(saved.receipt());
        } else if (change instanceof DocumentSaved saved) {
            StoredDocument document = saved.document();
            documents.put(new DocumentRow.Key(document.collection(), document.id()), Optional.of(document));
        } else if (change instanceof DocumentRemoved removed) {
            documents.put(new DocumentRow.Key(removed.collection(), removed.id()), Optional.empty());
        }
    }

    void writeTo(EntityManager em) {
        writeEntries(em);
        receipts.forEach(receipt -> em.persist(new ReceiptRow(receipt)));
        runs.forEach((id, run) -> {
            RunRow row = em.find(RunRow.class, id);
            save(em, row, row == null ? new RunRow(id).become(run) : row.become(run));
        });
        transactions.forEach((key, transaction) -> {
            TransactionRow row = em.find(TransactionRow.class, key);
            save(em, row, row == null ? new TransactionRow(key).become(transaction) : row.become(transaction));
        });
        documents.forEach((key, document) -> {
            DocumentRow row = em.find(DocumentRow.class, key);
            if (document.isPresent()) {
                StoredDocument now = document.get();
                save(em, row, row == null ? new DocumentRow(key).become(now) : row.become(now));
            } else if (row != null) {
                em.remove(row);
            }
        });
    }

    private void writeEntries(EntityManager em) {
        Set<String> fresh = new HashSet<>();
        for (JournalEntry entry : entries) {
            if (entry.seq() == 1 && heads.moves(entry.stream())) {
                fresh.add(entry.stream());
            } else if (entry.seq() == 1 && em.find(StreamRow.class, entry.stream()) == null) {
                em.persist(new StreamRow(entry.stream()));
            }
            em.persist(new EntryRow(entry));
        }
        heads.writeTo(em, fresh);
        archived.forEach((stream, archive) -> {
            int known = em.createQuery("update StreamRow r set r.state = :state, r.archive = :archive"
                            + " where r.stream = :stream")
                    .setParameter("state", StreamRow.ARCHIVED)
                    .setParameter("archive", archive)
                    .setParameter("stream", stream)
                    .executeUpdate();
            if (known == 1) {
                em.createQuery("delete from EntryRow e where e.stream = :stream")
                        .setParameter("stream", stream)
                        .executeUpdate();
            }
        });
    }

    private static <R> void save(EntityManager em, R known, R row) {
        if (known == null) {
            em.persist(row);
        }
    }
}
