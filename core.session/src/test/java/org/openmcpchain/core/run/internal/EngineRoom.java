/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.List;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;
import org.openmcpchain.run.Signals;

/** The real journal, engine and signals over one store, wired by hand; only receipts are made up. */
public final class EngineRoom implements AutoCloseable {

    private final ShieldedReads reads;
    private final HostJournal journal;
    private final MemoryWorkQueue queue = new MemoryWorkQueue();
    private final RunEngine engine;
    private final RunSignals signals;

    /** Starts over a store; what an earlier one left unfinished goes on. */
    public EngineRoom(
            MemoryRunStore store, JournalSettings journalSettings, EngineSettings settings, RunExecutor executor) {
        reads = ShieldedReads.of(store);
        journal = new HostJournal(journalSettings, reads);
        engine = new RunEngine(settings, journal, journal, reads, queue);
        signals = new RunSignals(journal, reads, engine);
        engine.bindIssuer(new FakeReceipts());
        engine.start();
        engine.bindExecutor(executor);
    }

    public HostJournal journal() {
        return journal;
    }

    public RunEngine engine() {
        return engine;
    }

    public Signals signals() {
        return signals;
    }

    @Override
    public void close() {
        engine.stop();
        queue.close();
        journal.close();
        reads.close();
    }

    private static final class FakeReceipts implements ReceiptIssuer {

        @Override
        public Receipt issue(List<JournalEntry> stream, String ending) {
            String run = stream.get(0).stream().substring("run/".length());
            return new Receipt(run, Digests.sha256(stream.size() + ending), "ab".repeat(32), "{\"payload\":\"\"}");
        }

        @Override
        public List<ReceiptKey> keys() {
            return List.of();
        }
    }
}
