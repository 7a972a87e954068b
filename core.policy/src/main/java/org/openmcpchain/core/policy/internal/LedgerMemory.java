/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.core.policy.internal.LedgerRecord.Spending;
import org.openmcpchain.core.policy.internal.Reserved.Refusal;
import org.openmcpchain.policy.CapUsage;

/**
 * What is reserved and spent, counted in memory under one lock that is never held across a write. While an intent is being
 * decided anew, the larger of its old and its new reservation counts, so that neither outcome of the write can find the
 * room taken. Thread-safe; one key is changed by one thread at a time, see {@link DecisionLocks}.
 */
final class LedgerMemory {

    private final Map<String, LedgerRecord> records = new HashMap<>();
    private final Map<String, LedgerMeter> meters = new HashMap<>();
    /** Fuses that have blown while no write with them has succeeded: after a restart nobody would know of them. */
    private final Set<String> unwrittenFuses = new HashSet<>();

    /**
     * A cap that applies to an intent.
     *
     * @param cap the cap
     * @param charges what the intent takes up
     * @param obstacle why it cannot be measured, or null
     */
    record Line(CapRule cap, List<LedgerCharge> charges, String obstacle) {}

    /**
     * What came of counting an intent.
     *
     * @param refusals the cap that denies it; or else all that are exceeded and ask, each once; or nothing
     * @param usage the caps as they stand with it
     * @param blown the fuses that are to be written with it: it blew them, or found them blown and not on disk
     */
    record Counted(List<Refusal> refusals, List<CapUsage> usage, Set<String> blown) {

        /** Whether the intent takes room now. */
        boolean isIn() {
            return refusals.stream().noneMatch(Refusal::denies);
        }
    }

    /** Counts an intent under every cap, or under none when one of them denies it. */
    synchronized Counted count(String key, List<Line> lines, Instant now) {
        Map<String, Refusal> refusals = new LinkedHashMap<>();
        Set<String> blown = new LinkedHashSet<>();
        for (Line line : lines) {
            for (LedgerCharge charge : line.charges()) {
                Optional<String> excess = excess(key, line, charge, now);
                if (excess.isPresent()) {
                    if (line.cap().fuse() && isToBeWritten(charge.meter())) {
                        blown.add(charge.meter());
                    }
                    refusals.putIfAbsent(line.cap().id(), new Refusal(line.cap(), excess.get()));
                }
            }
        }
        Optional<Refusal> denied =
                refusals.values().stream().filter(Refusal::denies).findFirst();
        if (denied.isEmpty()) {
            for (Line line : lines) {
                if (isKept(line.cap())) {
                    line.charges().forEach(charge -> {
                        LedgerMeter meter = meter(charge.meter());
                        meter.reserve(key, meter.reservedBy(key).max(charge.amount()));
                    });
                }
            }
        }
        List<CapUsage> usage = new ArrayList<>();
        lines.forEach(line -> line.charges().forEach(charge -> usage.add(usage(line.cap(), charge.holder(), now))));
        return new Counted(denied.map(List::of).orElse(List.copyOf(refusals.values())), usage, blown);
    }

    private Optional<String> excess(String key, Line line, LedgerCharge charge, Instant now) {
        CapRule cap = line.cap();
        LedgerMeter meter = meters.getOrDefault(charge.meter(), new LedgerMeter());
        if (cap.fuse() && meter.isBlown()) {
            return Optional.of("the fuse " + cap.id() + " has blown and was not reset");
        }
        BigInteger used = isKept(cap)
                ? meter.spent(cap.window(), now).add(meter.reserved()).subtract(meter.reservedBy(key))
                : BigInteger.ZERO;
        if (used.add(charge.amount()).compareTo(cap.limit()) <= 0) {
            return Optional.empty();
        }
        return Optional.of(LedgerWords.excess(cap, charge, used, line.obstacle()));
    }

    /** Blows a fuse; whether it has to be written. */
    private boolean isToBeWritten(String meterKey) {
        LedgerMeter meter = meter(meterKey);
        if (!meter.isBlown()) {
            meter.blown(true);
            unwrittenFuses.add(meterKey);
        }
        return unwrittenFuses.contains(meterKey);
    }

    /** These fuses are on disk. */
    synchronized void written(Collection<String> meterKeys) {
        unwrittenFuses.removeAll(Set.copyOf(meterKeys));
    }

    /** A cap for a single transaction needs no memory. */
    static boolean isKept(CapRule cap) {
        return cap.per() != CapRule.Per.TRANSACTION;
    }

    /** What is known of an intent, or null. */
    synchronized LedgerRecord find(String key) {
        return records.get(key);
    }

    /**
     * An intent's record becomes another one.
     *
     * @param before what it was, or null
     * @param counted what was counted for it in the meantime
     * @param after what it is from now on, or null
     */
    synchronized void become(String key, LedgerRecord before, List<LedgerCharge> counted, LedgerRecord after) {
        Map<String, BigInteger> amounts = new HashMap<>();
        counted.forEach(charge -> amounts.put(charge.meter(), BigInteger.ZERO));
        if (before != null) {
            before.reserved().forEach(charge -> amounts.put(charge.meter(), BigInteger.ZERO));
        }
        if (after != null) {
            after.reserved().forEach(charge -> amounts.put(charge.meter(), charge.amount()));
            // What was spent is only ever added to, so the new part is the tail.
            int known = before == null ? 0 : before.spent().size();
            after.spent().subList(known, after.spent().size()).forEach(spending -> settle(key, spending));
        }
        amounts.forEach((meter, amount) -> meter(meter).reserve(key, amount));
        if (after == null) {
            records.remove(key);
        } else {
            records.put(key, after);
        }
        amounts.keySet().forEach(this::dropEmpty);
    }

    private void settle(String key, Spending spending) {
        meter(spending.charge().meter())
                .settle(key, spending.at(), spending.charge().amount());
    }

    /** Takes up what was written before the host stopped. */
    synchronized void restore(Collection<LedgerRecord> stored) {
        for (LedgerRecord record : stored) {
            records.put(record.key(), record);
            record.reserved().forEach(charge -> meter(charge.meter()).reserve(record.key(), charge.amount()));
            record.spent().forEach(spending -> settle(record.key(), spending));
        }
    }

    /** Takes up the carried sum and the reset of a meter. */
    synchronized void restore(String meterKey, BigInteger carried, Instant countedFrom) {
        LedgerMeter meter = meter(meterKey);
        meter.countFrom(countedFrom);
        meter.carry(carried);
    }

    /** Takes up a fuse that has blown. */
    synchronized void restoreBlown(String meterKey) {
        meter(meterKey).blown(true);
    }

    /** Every record that is not settled. */
    synchronized List<LedgerRecord> open() {
        return records.values().stream().filter(LedgerRecord::isOpen).toList();
    }

    /** Records that are settled and of which nothing counts within a window any more. */
    synchronized List<LedgerRecord> outOfWindow(Map<String, CapRule> caps, Instant now) {
        return records.values().stream()
                .filter(record -> !record.isOpen())
                .filter(record -> record.spent().stream()
                        .allMatch(spending -> isOut(caps.get(spending.charge().cap()), spending, now)))
                .toList();
    }

    private static boolean isOut(CapRule cap, Spending spending, Instant now) {
        return cap == null
                || cap.window()
                        .map(window -> !spending.at().isAfter(now.minus(window)))
                        .orElse(true);
    }

    /** What the meters without a window carry once these records are forgotten; nothing changes yet. */
    synchronized Map<String, BigInteger> carriedWithout(List<LedgerRecord> gone, Map<String, CapRule> caps) {
        Map<String, BigInteger> sums = new HashMap<>();
        gone.forEach(record -> record.spent().forEach(spending -> {
            LedgerCharge charge = spending.charge();
            CapRule cap = caps.get(charge.cap());
            LedgerMeter meter = meters.get(charge.meter());
            if (cap != null
                    && cap.window().isEmpty()
                    && meter != null
                    && spending.at().isAfter(meter.countedFrom())) {
                sums.merge(
                        charge.meter(), meter.carried().add(charge.amount()), (sum, more) -> sum.add(charge.amount()));
            }
        }));
        return sums;
    }

    /** Forgets records whose sums are carried from now on. */
    synchronized void forget(List<LedgerRecord> gone, Map<String, BigInteger> sums) {
        gone.forEach(record -> {
            records.remove(record.key());
            record.spent().forEach(spending -> {
                LedgerMeter meter = meters.get(spending.charge().meter());
                if (meter != null) {
                    meter.forget(record.key(), spending.at());
                }
            });
        });
        sums.forEach((meter, sum) -> meter(meter).carry(sum));
        Set<String> touched = new HashSet<>();
        gone.forEach(record ->
                record.spent().forEach(spending -> touched.add(spending.charge().meter())));
        touched.forEach(this::dropEmpty);
    }

    /** The use of a cap by everybody who uses it, by holder, or one empty line. */
    synchronized List<CapUsage> usage(CapRule cap, Instant now, int limit) {
        String prefix = LedgerMeasure.nameOf(cap) + '\n';
        List<CapUsage> lines = meters.keySet().stream()
                .filter(meter -> meter.startsWith(prefix))
                .map(meter -> meter.substring(prefix.length()))
                .sorted()
                .limit(limit)
                .map(holder -> usage(cap, holder, now))
                .toList();
        return lines.isEmpty() ? List.of(usage(cap, LedgerMeasure.EVERYBODY, now)) : lines;
    }

    private CapUsage usage(CapRule cap, String holder, Instant now) {
        LedgerMeter meter = meters.getOrDefault(LedgerMeasure.nameOf(cap) + '\n' + holder, new LedgerMeter());
        Optional<Duration> window = cap.window();
        return new CapUsage(
                cap.id(),
                holder,
                LedgerMeasure.unitOf(cap),
                cap.limit().toString(),
                meter.reserved().toString(),
                meter.spent(window, now).toString(),
                window.flatMap(length -> meter.comesBack(length, now)),
                meter.isBlown());
    }

    /** The meters of a cap. */
    synchronized List<String> metersOf(CapRule cap) {
        String prefix = LedgerMeasure.nameOf(cap) + '\n';
        return meters.keySet().stream()
                .filter(meter -> meter.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** Shuts fuses again that were opened; with a time, a cap without a window begins anew there. */
    synchronized void reset(Collection<String> meterKeys, Optional<Instant> countFrom) {
        meterKeys.forEach(key -> {
            meter(key).blown(false);
            unwrittenFuses.remove(key);
            countFrom.ifPresent(meter(key)::countFrom);
        });
    }

    /** From when on a meter without a window counts. */
    synchronized Instant countedFrom(String meterKey) {
        return meter(meterKey).countedFrom();
    }

    synchronized boolean isBlown(String meterKey) {
        return meter(meterKey).isBlown();
    }

    private LedgerMeter meter(String key) {
        return meters.computeIfAbsent(key, name -> new LedgerMeter());
    }

    private void dropEmpty(String key) {
        LedgerMeter meter = meters.get(key);
        if (meter != null && meter.isEmpty() && meter.countedFrom().equals(Instant.MIN)) {
            meters.remove(key);
        }
    }
}
