/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openmcpchain.core.policy.internal.LedgerRecord.Nature;
import org.openmcpchain.core.policy.internal.LedgerRecord.Spending;
import org.openmcpchain.core.policy.internal.LedgerRecord.State;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentRemoved;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;

/** One intent, counted, on its way to a verdict. Used by one thread. */
final class LedgerReservation implements Reserved {

    private final LedgerMemory memory;
    private final GateQuestion question;
    private final String key;
    private final LedgerRecord before;
    private final List<LedgerCharge> charges;
    private final LedgerMemory.Counted counted;

    LedgerReservation(
            LedgerMemory memory,
            GateQuestion question,
            String key,
            LedgerRecord before,
            List<LedgerCharge> charges,
            LedgerMemory.Counted counted) {
        this.memory = memory;
        this.question = question;
        this.key = key;
        this.before = before;
        this.charges = charges;
        this.counted = counted;
    }

    @Override
    public List<Refusal> refusals() {
        return counted.refusals();
    }

    @Override
    public List<CapUsage> usage() {
        return counted.usage();
    }

    @Override
    public void cancel() {
        memory.become(key, before, charges, before);
    }

    /** @throws IllegalStateException if what a cap denies is to be allowed */
    @Override
    public Consequence with(Decision decision) {
        if (decision != Decision.DENY && !counted.isIn()) {
            throw new IllegalStateException("a cap that denies was overruled");
        }
        LedgerRecord after = after(decision);
        List<EntryDraft> entries = new ArrayList<>();
        List<StoreChange> rows = new ArrayList<>();
        if (after == null ? before != null : !after.equals(before)) {
            String stream = question.stream();
            entries.add(after == null ? given(stream, before) : taken(stream, after));
            rows.add(row(key, after, question.at()));
        }
        for (String meter : counted.blown()) {
            entries.add(LedgerFuses.entry(meter, "BLOWN", null));
            rows.add(LedgerFuses.blown(meter, question.at()));
        }
        return Consequence.of(entries, rows, () -> commit(after), this::cancel);
    }

    private void commit(LedgerRecord after) {
        memory.become(key, before, charges, after);
        memory.written(counted.blown());
    }

    private LedgerRecord after(Decision decision) {
        boolean wasAllowed = before != null && before.state() == State.ALLOWED;
        boolean hasSpent = before != null && !before.spent().isEmpty();
        if (decision == Decision.DENY) {
            if (before == null || wasAllowed || !before.isOpen()) {
                return before;
            }
            return hasSpent ? before.settled(before.spent()) : null;
        }
        if (charges.isEmpty()) {
            if (before != null && !before.isOpen()) {
                return before;
            }
            return hasSpent ? before.settled(before.spent()) : null;
        }
        if (decision == Decision.ALLOW && nature() == Nature.AT_ONCE) {
            List<Spending> spent = new ArrayList<>(hasSpent ? before.spent() : List.of());
            charges.forEach(charge -> spent.add(new Spending(charge, question.at())));
            return record(State.SETTLED, List.of(), spent);
        }
        State state = decision == Decision.ALLOW || wasAllowed ? State.ALLOWED : State.HELD;
        return record(state, charges, hasSpent ? before.spent() : List.of());
    }

    private LedgerRecord record(State state, List<LedgerCharge> reserved, List<Spending> spent) {
        return new LedgerRecord(
                key,
                question.intentHash(),
                question.intent().runId(),
                nature(),
                state,
                question.policy().label(),
                question.at(),
                reserved,
                spent);
    }

    private Nature nature() {
        GatePoint point = question.intent().point();
        if (point == GatePoint.SIGN && question.intent().transaction().isPresent()) {
            return Nature.TRANSACTION;
        }
        return point == GatePoint.INFERENCE ? Nature.INFERENCE : Nature.AT_ONCE;
    }

    private static EntryDraft taken(String stream, LedgerRecord after) {
        String word = after.state() == State.HELD ? "HELD" : after.isOpen() ? "RESERVED" : "SPENT";
        List<LedgerCharge> told = after.isOpen()
                ? after.reserved()
                : after.spent().stream().map(Spending::charge).toList();
        return new EntryDraft(stream, EntryTypes.LEDGER_CHANGED, LedgerText.entry(after, word, told));
    }

    /** The entry for a reservation that is given back. */
    static EntryDraft given(String stream, LedgerRecord before) {
        return new EntryDraft(
                stream, EntryTypes.LEDGER_CHANGED, LedgerText.entry(before, "RELEASED", before.reserved()));
    }

    /** The row of a record, or its removal. */
    static StoreChange row(String key, LedgerRecord after, Instant at) {
        return after == null
                ? new DocumentRemoved(LedgerText.RECORDS, LedgerText.id(key))
                : new DocumentSaved(LedgerText.document(after, at));
    }

    /** The stream of a record's run, or the host's. */
    static String streamOf(LedgerRecord record) {
        return record.runId().map(id -> "run/" + id).orElse(JournalEntry.HOST_STREAM);
    }
}
