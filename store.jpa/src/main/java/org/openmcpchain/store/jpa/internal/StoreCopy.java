/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.TypedQuery;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.HeadMoved;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.StoreChange.TransactionSaved;
import org.openmcpchain.core.run.StreamHead;

/** Reads every row in the order of its key, a page at a time, so that memory is bounded. */
final class StoreCopy {

    private static final int PAGE = 500;

    private final EntityManager em;
    private final Consumer<StoreChange> each;

    StoreCopy(EntityManager em, Consumer<StoreChange> each) {
        this.em = em;
        this.each = each;
    }

    void run() {
        pages(RunRow.class, "RunRow r", "r.id", row -> row.toRecord().id(), row -> new RunSaved(row.toRecord()));
        pages(
                TransactionRow.class,
                "TransactionRow r",
                "r.idempotencyKey",
                row -> row.toRecord().idempotencyKey(),
                row -> new TransactionSaved(row.toRecord()));
        pages(
                ReceiptRow.class,
                "ReceiptRow r",
                "r.runId",
                row -> row.toReceipt().runId(),
                row -> new ReceiptSaved(row.toReceipt()));
        em.createQuery("select distinct r.collection from DocumentRow r order by r.collection", String.class)
                .getResultList()
                .forEach(this::documents);
        pages(
                StreamRow.class,
                "StreamRow r",
                "r.stream",
                row -> row.toHead().stream(),
                row -> new HeadMoved(row.toHead()));
        String stream = "";
        List<StreamRow> streams;
        do {
            streams = page(
                    StreamRow.class, "select r from StreamRow r where r.stream > :after order by r.stream", stream);
            for (StreamRow row : streams) {
                StreamHead head = row.toHead();
                stream = head.stream();
                if (head.archive().isEmpty()) {
                    entries(stream);
                }
            }
        } while (streams.size() == PAGE);
    }

    private <R> void pages(
            Class<R> type, String from, String key, Function<R, String> keyOf, Function<R, StoreChange> change) {
        String query = "select r from " + from + " where " + key + " > :after order by " + key;
        String after = "";
        List<R> rows;
        do {
            rows = page(type, query, after);
            for (R row : rows) {
                after = keyOf.apply(row);
                each.accept(change.apply(row));
            }
        } while (rows.size() == PAGE);
    }

    private <R> List<R> page(Class<R> type, String query, String after) {
        em.clear();
        return em.createQuery(query, type)
                .setParameter("after", after)
                .setMaxResults(PAGE)
                .getResultList();
    }

    private void documents(String collection) {
        String after = "";
        List<DocumentRow> rows;
        do {
            em.clear();
            rows = em.createQuery(
                            "select r from DocumentRow r where r.collection = :collection and r.id > :after order by r.id",
                            DocumentRow.class)
                    .setParameter("collection", collection)
                    .setParameter("after", after)
                    .setMaxResults(PAGE)
                    .getResultList();
            for (DocumentRow row : rows) {
                after = row.toDocument().id();
                each.accept(new DocumentSaved(row.toDocument()));
            }
        } while (rows.size() == PAGE);
    }

    private void entries(String stream) {
        TypedQuery<EntryRow> query = em.createQuery(
                        "select e from EntryRow e where e.stream = :stream and e.seq > :after order by e.seq",
                        EntryRow.class)
                .setParameter("stream", stream)
                .setMaxResults(PAGE);
        long after = Long.MIN_VALUE;
        List<EntryRow> rows;
        do {
            em.clear();
            rows = query.setParameter("after", after).getResultList();
            for (EntryRow row : rows) {
                after = row.toEntry().seq();
                each.accept(new EntryAppended(row.toEntry()));
            }
        } while (rows.size() == PAGE);
    }
}
