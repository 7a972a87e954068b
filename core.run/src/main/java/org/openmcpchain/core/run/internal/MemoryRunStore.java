/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.RunStore;
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
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that loses everything when it stops: for trials and tests, never for money. It is there only when somebody
 * writes a configuration for it.
 */
@Component(
        service = RunStore.class,
        name = "org.openmcpchain.core.run.MemoryStore",
        configurationPid = "org.openmcpchain.core.run.MemoryStore",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MemorySettings.class)
public final class MemoryRunStore implements RunStore {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryRunStore.class);
    private static final Comparator<RunRecord> BY_CREATION =
            Comparator.comparing(RunRecord::createdAt).thenComparing(RunRecord::id);

    private final long entryLimit;
    private final Object lock = new Object();
    private final Map<String, RunRecord> runs = new LinkedHashMap<>();
    private final MemoryStreams streams = new MemoryStreams();
    private final Map<String, TransactionRecord> transactions = new LinkedHashMap<>();
    private final Map<String, Receipt> receipts = new LinkedHashMap<>();
    private final NavigableMap<String, NavigableMap<String, StoredDocument>> documents = new TreeMap<>();

    /** An empty store. */
    @Activate
    public MemoryRunStore(MemorySettings settings) {
        this(settings.entryLimit());
        LOG.warn("Runs and journal are kept in memory: all is lost when this host stops");
    }

    MemoryRunStore(long entryLimit) {
        this.entryLimit = entryLimit;
    }

    @Override
    public void commit(List<StoreChange> changes) {
        synchronized (lock) {
            refuseWhatCannotBeWritten(changes);
            changes.forEach(this::apply);
        }
    }

    private void refuseWhatCannotBeWritten(List<StoreChange> changes) {
        Set<Object> fresh = new HashSet<>();
        long entries = 0;
        for (StoreChange change : changes) {
            if (change instanceof EntryAppended appended) {
                JournalEntry entry = appended.entry();
                refuseIf(streams.has(entry), "the entry is there already");
                refuseIf(!fresh.add(List.of(entry.stream(), entry.seq())), "the entry comes twice");
                entries++;
            } else if (change instanceof ReceiptSaved saved) {
                String run = saved.receipt().runId();
                refuseIf(receipts.containsKey(run) || !fresh.add(run), "the run has a receipt already");
            } else if (change instanceof RunSaved saved) {
                RunRecord run = saved.run();
                refuseIf(run.clientId().isPresent() && isTaken(run), "the client id is taken");
            }
        }
        refuseIf(streams.count() + entries > entryLimit, "the store in memory is full");
    }

    private boolean isTaken(RunRecord run) {
        return runs.values().stream()
                .anyMatch(other -> !other.id().equals(run.id())
                        && other.principal().equals(run.principal())
                        && other.clientId().equals(run.clientId()));
    }

    private static void refuseIf(boolean condition, String detail) {
        if (condition) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE, "detail", detail);
        }
    }

    private void apply(StoreChange change) {
        if (change instanceof EntryAppended appended) {
            streams.append(appended.entry());
        } else if (change instanceof HeadMoved moved) {
            streams.move(moved.head());
        } else if (change instanceof StreamArchived archived) {
            streams.archive(archived);
        } else if (change instanceof RunSaved saved) {
            runs.put(saved.run().id(), saved.run());
        } else if (change instanceof TransactionSaved saved) {
            transactions.put(saved.transaction().idempotencyKey(), saved.transaction());
        } else if (change instanceof ReceiptSaved saved) {
            receipts.put(saved.receipt().runId(), saved.receipt());
        } else if (change instanceof DocumentSaved saved) {
            StoredDocument document = saved.document();
            documents
                    .computeIfAbsent(document.collection(), name -> new TreeMap<>())
                    .put(document.id(), document);
        } else if (change instanceof DocumentRemoved removed) {
            documents
                    .computeIfAbsent(removed.collection(), name -> new TreeMap<>())
                    .remove(removed.id());
        }
    }

    @Override
    public Optional<RunRecord> run(String id) {
        synchronized (lock) {
            return Optional.ofNullable(runs.get(id));
        }
    }

    @Override
    public Optional<RunRecord> runByClientId(String principal, String clientId) {
        return runsThat(run ->
                        run.principal().equals(principal) && run.clientId().equals(Optional.of(clientId)))
                .findFirst();
    }

    @Override
    public Page<RunRecord> runs(RunQuery query) {
        Comparator<RunRecord> order = query.newestFirst() ? BY_CREATION.reversed() : BY_CREATION;
        List<RunRecord> all = runsThat(run -> matches(query, run)).sorted(order).toList();
        int from = Math.min(query.offset(), all.size());
        int to = (int) Math.min((long) from + query.limit(), all.size());
        return new Page<>(
                all.subList(from, to), all.size(), to < all.size() ? OptionalInt.of(to) : OptionalInt.empty());
    }

    private static boolean matches(RunQuery query, RunRecord run) {
        return (query.states().isEmpty() || query.states().contains(run.state()))
                && query.since().map(since -> !run.createdAt().isBefore(since)).orElse(true)
                && query.until().map(run.createdAt()::isBefore).orElse(true)
                && query.hasResult().map(has -> has == run.result().isPresent()).orElse(true)
                && query.text()
                        .map(text -> run.goal().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                        .orElse(true);
    }

    private Stream<RunRecord> runsThat(Predicate<RunRecord> condition) {
        synchronized (lock) {
            return new ArrayList<>(runs.values()).stream().filter(condition);
        }
    }

    @Override
    public List<RunRecord> unfinishedRuns() {
        return runsThat(run -> !run.state().isTerminal()).sorted(BY_CREATION).toList();
    }

    @Override
    public Map<RunState, Long> countByState() {
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        runsThat(run -> true).forEach(run -> counts.merge(run.state(), 1L, Long::sum));
        return counts;
    }

    @Override
    public List<JournalEntry> entries(String stream, long afterSeq, int limit) {
        synchronized (lock) {
            return streams.read(stream, afterSeq, limit);
        }
    }

    @Override
    public Optional<JournalEntry> head(String stream) {
        synchronized (lock) {
            return streams.head(stream);
        }
    }

    @Override
    public List<String> streams(String after, int limit) {
        synchronized (lock) {
            return streams.streams(after, limit);
        }
    }

    @Override
    public Optional<TransactionRecord> transaction(String idempotencyKey) {
        synchronized (lock) {
            return Optional.ofNullable(transactions.get(idempotencyKey));
        }
    }

    @Override
    public Optional<TransactionRecord> transactionByHash(String hash) {
        return transactionsThat(transaction -> transaction.hash().equals(hash)).findFirst();
    }

    @Override
    public List<TransactionRecord> transactionsOfRun(String runId) {
        return transactionsThat(transaction -> transaction.runId().equals(runId))
                .sorted(Comparator.comparing(TransactionRecord::createdAt).thenComparing(TransactionRecord::nonce))
                .toList();
    }

    @Override
    public List<TransactionRecord> openTransactions(ChainId chain) {
        return transactionsThat(transaction -> transaction.chain().equals(chain)
                        && !transaction.state().isFinal())
                .sorted(Comparator.comparing(TransactionRecord::from).thenComparing(TransactionRecord::nonce))
                .toList();
    }

    @Override
    public OptionalLong highestNonce(ChainId chain, String from) {
        return transactionsThat(transaction ->
                        transaction.chain().equals(chain) && transaction.from().equals(from))
                .mapToLong(TransactionRecord::nonce)
                .max();
    }

    private Stream<TransactionRecord> transactionsThat(Predicate<TransactionRecord> condition) {
        synchronized (lock) {
            return new ArrayList<>(transactions.values()).stream().filter(condition);
        }
    }

    @Override
    public Optional<Receipt> receipt(String runId) {
        synchronized (lock) {
            return Optional.ofNullable(receipts.get(runId));
        }
    }

    @Override
    public Optional<StoredDocument> document(String collection, String id) {
        synchronized (lock) {
            return Optional.ofNullable(documents.get(collection)).map(all -> all.get(id));
        }
    }

    @Override
    public List<StoredDocument> documents(String collection) {
        synchronized (lock) {
            return Optional.ofNullable(documents.get(collection))
                    .map(all -> List.copyOf(all.values()))
                    .orElse(List.of());
        }
    }

    @Override
    public Optional<StreamHead> streamHead(String stream) {
        synchronized (lock) {
            return streams.streamHead(stream);
        }
    }

    @Override
    public List<StreamHead> streamHeads(String after, int limit) {
        synchronized (lock) {
            return streams.streamHeads(after, limit);
        }
    }

    @Override
    public List<String> endedStreams(String after, int limit) {
        synchronized (lock) {
            return streams.ended(after, limit);
        }
    }

    @Override
    public List<String> strayStreams(int limit) {
        synchronized (lock) {
            return streams.stray(limit);
        }
    }

    @Override
    public void copy(Consumer<StoreChange> each) {
        List<StoreChange> all = new ArrayList<>();
        synchronized (lock) {
            new TreeMap<>(runs).values().stream().map(RunSaved::new).forEach(all::add);
            new TreeMap<>(transactions)
                    .values().stream().map(TransactionSaved::new).forEach(all::add);
            new TreeMap<>(receipts).values().stream().map(ReceiptSaved::new).forEach(all::add);
            documents.values().stream()
                    .flatMap(collection -> collection.values().stream())
                    .map(DocumentSaved::new)
                    .forEach(all::add);
            streams.copy(all::add);
        }
        all.forEach(each);
    }

    @Override
    public boolean isEmpty() {
        synchronized (lock) {
            return streams.isEmpty()
                    && runs.isEmpty()
                    && transactions.isEmpty()
                    && receipts.isEmpty()
                    && documents.values().stream().allMatch(Map::isEmpty);
        }
    }
}
