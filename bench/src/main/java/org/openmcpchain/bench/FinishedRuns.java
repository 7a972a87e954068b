/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.HeadMoved;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.RunState;

/** Fills a store with runs that have ended: right chains, written past the journal because that is faster. */
final class FinishedRuns {

    /** As many as a run of one tool call has. */
    static final int ENTRIES = 12;

    private static final int RUNS_OF_COMMIT = 500;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String BODY = "{\"note\":\"" + "x".repeat(289) + "\"}";

    private FinishedRuns() {}

    /** Writes this many ended runs and some that have not ended. */
    static void fill(RunStore store, int ended, int unfinished) {
        List<StoreChange> changes = new ArrayList<>();
        for (int i = 0; i < ended + unfinished; i++) {
            add(changes, i, i < ended);
            if (i % RUNS_OF_COMMIT == RUNS_OF_COMMIT - 1) {
                store.commit(changes);
                changes.clear();
            }
        }
        store.commit(changes);
    }

    private static void add(List<StoreChange> changes, int number, boolean ended) {
        String id = new UUID((0x019c_0000_0000L + number) << 16 | 0x7000, 0x8000_0000_0000_0000L | number).toString();
        Instant at = BEGIN.plusMillis(number);
        int entries = ended ? ENTRIES : ENTRIES / 2;
        String previous = JournalEntry.ORIGIN;
        for (int seq = 1; seq <= entries; seq++) {
            String type = ended && seq == entries ? "run.ended" : "tool.returned";
            String hash = JournalEntry.hashOf("run/" + id, seq, at, type, BODY, previous);
            changes.add(new EntryAppended(new JournalEntry("run/" + id, seq, at, type, BODY, previous, hash)));
            previous = hash;
        }
        changes.add(new HeadMoved(new StreamHead("run/" + id, entries, previous, ended, 1, Optional.empty())));
        RunRecord run = run(id, at);
        if (ended) {
            String digest = Digests.sha256(id);
            changes.add(new ReceiptSaved(new Receipt(id, digest, "ab".repeat(32), BODY)));
            run = run.ended(RunEnding.failed("RUN_INTERNAL", "it is a measurement"), at, digest);
        }
        changes.add(new RunSaved(run));
    }

    private static RunRecord run(String id, Instant at) {
        return new RunRecord(
                id,
                Optional.empty(),
                "bench",
                "what is the price of ETH in USD?",
                Optional.empty(),
                Optional.empty(),
                "{}",
                RunState.RETRYING,
                at,
                at,
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
