/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.core.policy.internal.LedgerRecord.Nature;
import org.openmcpchain.core.policy.internal.LedgerRecord.Spending;
import org.openmcpchain.core.policy.internal.LedgerRecord.State;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.money.Price;
import org.openmcpchain.money.PriceSource;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.Spent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledgers: counted in memory first, written with the verdict, settled when the end is known, kept while it is not. What
 * was written is read back when the host starts. Thread-safe.
 */
final class LedgerBook implements Ledgers, Reservations, LedgerHolds {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerBook.class);
    private static final int MAX_HOLDERS = 1000;
    private static final int RESET_BATCH = 200;

    private final JournaledStore store;
    private final DecisionLocks locks;
    private final TransactionLog transactions;
    private final Supplier<PolicyInForce> policy;
    private final Duration maxPriceAge;
    private final Clock clock;
    private final LedgerMemory memory = new LedgerMemory();
    private final List<PriceSource> prices = new CopyOnWriteArrayList<>();
    /** Sums, resets and fuses are written by one thread at a time; never taken before a key. */
    private final Object meterRows = new Object();

    LedgerBook(
            JournaledStore store,
            DecisionLocks locks,
            TransactionLog transactions,
            Supplier<PolicyInForce> policy,
            Duration maxPriceAge,
            Clock clock) {
        this.store = store;
        this.locks = locks;
        this.transactions = transactions;
        this.policy = policy;
        this.maxPriceAge = maxPriceAge;
        this.clock = clock;
    }

    /** Reads what was written before; called once, before anything else. Error: {@code JOURNAL_BROKEN}. */
    void load() {
        try {
            read();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw HostException.caused(
                    e, JournalError.JOURNAL_BROKEN, "detail", "a document of the ledgers cannot be read");
        }
    }

    private void read() {
        store.documents(LedgerText.METERS).stream()
                .map(LedgerText::meter)
                .forEach(state -> memory.restore(state.meter(), state.carried(), state.countedFrom()));
        store.documents(LedgerText.FUSES).stream().map(LedgerText::fuse).forEach(memory::restoreBlown);
        List<LedgerRecord> records = store.documents(LedgerText.RECORDS).stream()
                .map(LedgerText::record)
                .toList();
        memory.restore(records);
        LOG.info(
                "ledgers: {} records, {} of them open",
                records.size(),
                memory.open().size());
    }

    void add(PriceSource source) {
        prices.add(source);
    }

    void remove(PriceSource source) {
        prices.remove(source);
    }

    @Override
    public DecisionLocks.Held hold(GateQuestion question) {
        return locks.hold(keyOf(question));
    }

    @Override
    public Reserved reserve(GateQuestion question) {
        String key = keyOf(question);
        LedgerRecord before = memory.find(key);
        List<LedgerMemory.Line> lines = isDoneAlready(question, before) ? List.of() : measure(question);
        if (lines.isEmpty() && (before == null || !before.isOpen())) {
            return new LedgerReservation(
                    memory, question, key, before, List.of(), new LedgerMemory.Counted(List.of(), List.of(), Set.of()));
        }
        LedgerMemory.Counted counted = memory.count(key, lines, question.at());
        List<LedgerCharge> charges = counted.isIn() ? kept(lines) : List.of();
        return new LedgerReservation(memory, question, key, before, charges, counted);
    }

    /** A transaction, a signature or a tool call that was carried out is not counted once more when it is delivered again. */
    private static boolean isDoneAlready(GateQuestion question, LedgerRecord before) {
        return before != null
                && before.state() == State.SETTLED
                && before.intentHash().equals(question.intentHash())
                && question.intent().key().isPresent()
                && question.intent().point() != GatePoint.INFERENCE;
    }

    private List<LedgerMemory.Line> measure(GateQuestion question) {
        List<LedgerMemory.Line> lines = new ArrayList<>();
        LedgerMeasure measure = null;
        for (CapRule cap : question.policy().caps()) {
            if (cap.applies(question)) {
                measure = measure == null ? new LedgerMeasure(question, this::price, maxPriceAge) : measure;
                List<LedgerCharge> charges = measure.charges(cap);
                if (!charges.isEmpty()) {
                    lines.add(new LedgerMemory.Line(cap, charges, measure.obstacle()));
                }
            }
        }
        return lines;
    }

    private static List<LedgerCharge> kept(List<LedgerMemory.Line> lines) {
        return lines.stream()
                .filter(line -> LedgerMemory.isKept(line.cap()))
                .flatMap(line -> line.charges().stream())
                .toList();
    }

    private Optional<Price> price(String asset) {
        for (PriceSource source : prices) {
            try {
                Optional<Price> price = source.price(asset);
                if (price.isPresent()) {
                    return price;
                }
            } catch (RuntimeException e) {
                LOG.warn("a price source broke its promise not to throw; it counts as without a price", e);
            }
        }
        return Optional.empty();
    }

    @Override
    public Consequence refused(GateQuestion question) {
        return giveBack(keyOf(question), question.stream(), "refused");
    }

    @Override
    public Consequence giveBack(String key, String stream, String reason) {
        LedgerRecord before = memory.find(key);
        if (before == null || before.state() != State.HELD) {
            return Consequence.NONE;
        }
        LedgerRecord after = withoutReservation(before);
        return Consequence.of(
                List.of(LedgerReservation.given(stream, before)),
                List.of(LedgerReservation.row(key, after, now())),
                () -> memory.become(key, before, List.of(), after),
                () -> {});
    }

    private static LedgerRecord withoutReservation(LedgerRecord before) {
        return before.spent().isEmpty() ? null : before.settled(before.spent());
    }

    @Override
    @SuppressWarnings("try")
    public void settle(String key, Spent spent) {
        try (DecisionLocks.Held held = locks.hold(key)) {
            LedgerRecord before = memory.find(key);
            if (before == null || !before.isOpen()) {
                return;
            }
            Instant now = now();
            BigInteger gasUsed = gasUsed(before);
            List<Spending> all = new ArrayList<>(before.spent());
            List<LedgerCharge> cost = before.reserved().stream()
                    .map(charge -> charge.settled(spent, gasUsed))
                    .filter(charge -> charge.amount().signum() > 0)
                    .toList();
            cost.forEach(charge -> all.add(new Spending(charge, now)));
            LedgerRecord after = before.settled(all);
            write(before, "SETTLED", cost, LedgerReservation.row(key, after, now));
            memory.become(key, before, List.of(), after);
        }
    }

    /** Settles at what was reserved: how much it was nobody knows, but not more. */
    void settleAsReserved(String key) {
        settle(key, new Spent(true, null, 0, 0));
    }

    private BigInteger gasUsed(LedgerRecord record) {
        if (record.nature() != Nature.TRANSACTION
                || record.reserved().stream().noneMatch(charge -> charge.kind() == LedgerCharge.Kind.GAS)) {
            return null;
        }
        return transactions.find(record.key()).map(TransactionRecord::gasUsed).orElse(null);
    }

    @Override
    @SuppressWarnings("try")
    public void release(String key, String reason) {
        try (DecisionLocks.Held held = locks.hold(key)) {
            LedgerRecord before = memory.find(key);
            if (before == null || !before.isOpen()) {
                return;
            }
            LedgerRecord after = withoutReservation(before);
            write(before, "RELEASED", before.reserved(), LedgerReservation.row(key, after, now()));
            memory.become(key, before, List.of(), after);
            LOG.debug("reservation {} released: {}", key, reason);
        }
    }

    /** A run may have ended long ago; then the stream of the host takes the entry. */
    private void write(LedgerRecord record, String state, List<LedgerCharge> charges, StoreChange row) {
        Map<String, Object> body = LedgerText.entry(record, state, charges);
        try {
            store.write(
                    List.of(new EntryDraft(LedgerReservation.streamOf(record), EntryTypes.LEDGER_CHANGED, body)),
                    List.of(row));
        } catch (HostException e) {
            if (e.code() != JournalError.STREAM_ENDED) {
                throw e;
            }
            store.write(
                    List.of(new EntryDraft(JournalEntry.HOST_STREAM, EntryTypes.LEDGER_CHANGED, body)), List.of(row));
        }
    }

    @Override
    public List<CapUsage> usage() {
        Instant now = now();
        return policy.get().caps().stream()
                .flatMap(cap -> memory.usage(cap, now, MAX_HOLDERS).stream())
                .toList();
    }

    @Override
    public CapUsage reset(String capId, String principal) {
        CapRule cap = policy.get().caps().stream()
                .filter(candidate -> candidate.id().equals(capId))
                .findFirst()
                .orElseThrow(() -> HostException.of(PolicyError.POLICY_CAP_UNKNOWN, "cap", capId));
        synchronized (meterRows) {
            Instant now = now();
            Optional<Instant> anew = cap.window().isEmpty() ? Optional.of(now) : Optional.empty();
            List<String> meters = memory.metersOf(cap).stream()
                    .filter(meter -> cap.fuse() ? memory.isBlown(meter) : anew.isPresent())
                    .toList();
            for (int from = 0; from < meters.size(); from += RESET_BATCH) {
                reset(meters.subList(from, Math.min(from + RESET_BATCH, meters.size())), anew, now, principal);
            }
            return memory.usage(cap, now, 1).get(0);
        }
    }

    private void reset(List<String> meters, Optional<Instant> anew, Instant now, String principal) {
        List<EntryDraft> entries = new ArrayList<>();
        List<StoreChange> rows = new ArrayList<>();
        for (String meter : meters) {
            entries.add(LedgerFuses.entry(meter, "RESET", principal));
            rows.add(LedgerFuses.reset(meter));
            anew.ifPresent(from -> rows.add(new DocumentSaved(
                    LedgerText.document(new LedgerText.MeterState(meter, BigInteger.ZERO, from), now))));
        }
        store.write(entries, rows);
        memory.reset(meters, anew);
    }

    /** Every record that is not settled. */
    List<LedgerRecord> open() {
        return memory.open();
    }

    /** Forgets what no window of the policy reaches any more, and keeps its sum for caps without a window. */
    int tidy(int limit, Predicate<LedgerRecord> isOver) {
        Map<String, CapRule> caps = new LinkedHashMap<>();
        policy.get().caps().forEach(cap -> caps.put(LedgerMeasure.nameOf(cap), cap));
        List<DecisionLocks.Held> held = new ArrayList<>();
        List<LedgerRecord> gone = new ArrayList<>();
        try {
            for (LedgerRecord candidate : memory.outOfWindow(caps, now())) {
                if (gone.size() == limit) {
                    break;
                }
                Optional<DecisionLocks.Held> lock =
                        isOver.test(candidate) ? locks.tryHold(candidate.key()) : Optional.empty();
                if (lock.isPresent()) {
                    held.add(lock.get());
                    if (candidate.equals(memory.find(candidate.key()))) {
                        gone.add(candidate);
                    }
                }
            }
            if (!gone.isEmpty()) {
                forget(gone, caps);
            }
            return gone.size();
        } finally {
            held.forEach(DecisionLocks.Held::close);
        }
    }

    private void forget(List<LedgerRecord> gone, Map<String, CapRule> caps) {
        synchronized (meterRows) {
            Instant now = now();
            Map<String, BigInteger> sums = memory.carriedWithout(gone, caps);
            List<StoreChange> rows = new ArrayList<>();
            gone.forEach(record -> rows.add(LedgerReservation.row(record.key(), null, now)));
            sums.forEach((meter, sum) -> rows.add(new DocumentSaved(
                    LedgerText.document(new LedgerText.MeterState(meter, sum, memory.countedFrom(meter)), now))));
            Map<String, Object> body = Map.of("state", "CARRIED", "records", gone.size());
            store.write(List.of(new EntryDraft(JournalEntry.HOST_STREAM, EntryTypes.LEDGER_CHANGED, body)), rows);
            memory.forget(gone, sums);
        }
    }

    private Instant now() {
        return clock.instant();
    }

    private static String keyOf(GateQuestion question) {
        return DecisionLocks.keyOf(question.intent(), question.intentHash());
    }
}
