/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.TypedQuery;
import javax.sql.DataSource;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The store over JPA. Instants are kept in milliseconds. A {@link #commit} that fails may still have reached the disk
 * (the connection broke between commit and answer): the caller reads before it writes again.
 */
@Component(name = "org.openmcpchain.store.jpa.Store", service = RunStore.class)
public final class JpaRunStore implements RunStore {

    private static final List<RunState> UNFINISHED =
            Stream.of(RunState.values()).filter(state -> !state.isTerminal()).toList();
    private static final List<TransactionState> OPEN = Stream.of(TransactionState.values())
            .filter(state -> !state.isFinal())
            .toList();

    private final Units units;

    /** A store over a persistence unit and the data source beneath it, whose schema is up to date. */
    @Activate
    public JpaRunStore(
            @Reference(target = "(osgi.unit.name=openmcp)") EntityManagerFactory factory,
            @Reference(target = "(osgi.jndi.service.name=openmcp)") DataSource dataSource)
            throws SQLException {
        this.units = new Units(factory, DiskForce.of(dataSource));
    }

    @Override
    public void commit(List<StoreChange> changes) {
        ChangeWriter writer = new ChangeWriter(changes);
        units.write(writer::writeTo);
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return units.read(em -> Optional.ofNullable(em.find(RunRow.class, id)).map(RunRow::toRecord));
    }

    @Override
    public Optional<RunRecord> runByClientId(String principal, String clientId) {
        return units.read(em -> first(query(
                                em,
                                RunRow.class,
                                "select r from RunRow r where r.principal = :principal and r.clientId = :clientId")
                        .setParameter("principal", principal)
                        .setParameter("clientId", clientId)))
                .map(RunRow::toRecord);
    }

    @Override
    public Page<RunRecord> runs(RunQuery query) {
        return units.read(new RunSearch(query)::page);
    }

    @Override
    public List<RunRecord> unfinishedRuns() {
        return units.read(em -> query(
                        em, RunRow.class, "select r from RunRow r where r.state in :states order by r.createdAt, r.id")
                .setParameter("states", UNFINISHED)
                .getResultStream()
                .map(RunRow::toRecord)
                .toList());
    }

    @Override
    public Map<RunState, Long> countByState() {
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        units.read(em -> query(em, Object[].class, "select r.state, count(r) from RunRow r group by r.state")
                        .getResultList())
                .forEach(row -> counts.put((RunState) row[0], (Long) row[1]));
        return counts;
    }

    @Override
    public List<JournalEntry> entries(String stream, long afterSeq, int limit) {
        return units.read(em -> query(
                        em,
                        EntryRow.class,
                        "select e from EntryRow e where e.stream = :stream and e.seq > :after order by e.seq")
                .setParameter("stream", stream)
                .setParameter("after", afterSeq)
                .setMaxResults(limit)
                .getResultStream()
                .map(EntryRow::toEntry)
                .toList());
    }

    @Override
    public Optional<JournalEntry> head(String stream) {
        // max(), because H2 answers it from the end of the index; an ordered query would walk the whole stream. But the
        // end of the index may be an entry that is not committed yet; the entries before it are.
        return units.read(em -> {
            Long last = query(em, Long.class, "select max(e.seq) from EntryRow e where e.stream = :stream")
                    .setParameter("stream", stream)
                    .getSingleResult();
            EntryRow row = null;
            for (long seq = last == null ? 0 : last; row == null && seq > 0; seq--) {
                row = em.find(EntryRow.class, new EntryRow.Key(stream, seq));
            }
            return Optional.ofNullable(row).map(EntryRow::toEntry);
        });
    }

    @Override
    public List<String> streams(String after, int limit) {
        return units.read(em -> query(
                        em, String.class, "select s.stream from StreamRow s where s.stream > :after order by s.stream")
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList());
    }

    @Override
    public Optional<TransactionRecord> transaction(String idempotencyKey) {
        return units.read(em -> Optional.ofNullable(em.find(TransactionRow.class, idempotencyKey))
                .map(TransactionRow::toRecord));
    }

    @Override
    public Optional<TransactionRecord> transactionByHash(String hash) {
        return units.read(em ->
                        first(query(em, TransactionRow.class, "select t from TransactionRow t where t.hash = :hash")
                                .setParameter("hash", hash)))
                .map(TransactionRow::toRecord);
    }

    @Override
    public List<TransactionRecord> transactionsOfRun(String runId) {
        return units.read(em -> query(
                        em,
                        TransactionRow.class,
                        "select t from TransactionRow t where t.runId = :run order by t.createdAt, t.nonce")
                .setParameter("run", runId)
                .getResultStream()
                .map(TransactionRow::toRecord)
                .toList());
    }

    @Override
    public List<TransactionRecord> openTransactions(ChainId chain) {
        return units.read(em -> query(
                        em,
                        TransactionRow.class,
                        "select t from TransactionRow t where t.chain = :chain and t.state in :states"
                                + " order by t.from, t.nonce")
                .setParameter("chain", chain.toString())
                .setParameter("states", OPEN)
                .getResultStream()
                .map(TransactionRow::toRecord)
                .toList());
    }

    @Override
    public OptionalLong highestNonce(ChainId chain, String from) {
        Long nonce = units.read(em -> query(
                        em,
                        Long.class,
                        "select max(t.nonce) from TransactionRow t where t.chain = :chain and t.from = :from")
                .setParameter("chain", chain.toString())
                .setParameter("from", from)
                .getSingleResult());
        return nonce == null ? OptionalLong.empty() : OptionalLong.of(nonce);
    }

    @Override
    public Optional<Receipt> receipt(String runId) {
        return units.read(
                em -> Optional.ofNullable(em.find(ReceiptRow.class, runId)).map(ReceiptRow::toReceipt));
    }

    @Override
    public Optional<StoredDocument> document(String collection, String id) {
        return units.read(em -> Optional.ofNullable(em.find(DocumentRow.class, new DocumentRow.Key(collection, id)))
                .map(DocumentRow::toDocument));
    }

    @Override
    public List<StoredDocument> documents(String collection) {
        return units.read(em -> query(
                        em,
                        DocumentRow.class,
                        "select d from DocumentRow d where d.collection = :collection order by d.id")
                .setParameter("collection", collection)
                .getResultStream()
                .map(DocumentRow::toDocument)
                .toList());
    }

    @Override
    public Optional<StreamHead> streamHead(String stream) {
        return units.read(em -> Optional.ofNullable(em.find(StreamRow.class, stream))
                .map(StreamRow::toHead)
                .filter(head -> head.seq() > 0));
    }

    @Override
    public List<StreamHead> streamHeads(String after, int limit) {
        return units.read(em -> query(
                        em,
                        StreamRow.class,
                        "select s from StreamRow s where s.stream > :after and s.seq > 0 order by s.stream")
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(StreamRow::toHead)
                .toList());
    }

    @Override
    public List<String> endedStreams(String after, int limit) {
        return units.read(em -> query(
                        em,
                        String.class,
                        "select s.stream from StreamRow s where s.state = :state and s.stream > :after order by s.stream")
                .setParameter("state", StreamRow.ENDED)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList());
    }

    @Override
    public List<String> strayStreams(int limit) {
        return units.read(em -> query(
                        em,
                        String.class,
                        "select distinct e.stream from EntryRow e where not exists"
                                + " (select s.stream from StreamRow s where s.stream = e.stream) order by e.stream")
                .setMaxResults(limit)
                .getResultList());
    }

    @Override
    public void copy(Consumer<StoreChange> each) {
        units.readAtOneMoment(em -> new StoreCopy(em, each).run());
    }

    @Override
    public boolean isEmpty() {
        return units.read(
                em -> Stream.of("RunRow", "StreamRow", "EntryRow", "TransactionRow", "ReceiptRow", "DocumentRow")
                        .allMatch(row -> em.createQuery("select r from " + row + " r")
                                .setMaxResults(1)
                                .getResultList()
                                .isEmpty()));
    }

    private static <T> TypedQuery<T> query(EntityManager em, Class<T> type, String jpql) {
        return em.createQuery(jpql, type);
    }

    private static <T> Optional<T> first(TypedQuery<T> query) {
        return query.setMaxResults(1).getResultStream().findFirst();
    }
}
