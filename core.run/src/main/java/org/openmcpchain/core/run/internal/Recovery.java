/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts into the queue whatever the store says is not finished: the queue may have lost it, the store has not. */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int AT_ONCE = 500;

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final RunLane lane;
    private final Clock clock;

    Recovery(JournaledStore journal, ShieldedReads reads, RunLane lane, Clock clock) {
        this.journal = journal;
        this.reads = reads;
        this.lane = lane;
        this.clock = clock;
    }

    /**
     * Takes up what an earlier life left. A run that waits for a person stays where it is; it is delivered once all the same,
     * because it may have been cancelled when the host died.
     */
    void recover() {
        List<RunRecord> unfinished = reads.ask(rows -> rows.unfinishedRuns());
        List<RunRecord> cutOff = unfinished.stream()
                .filter(run -> run.state() == RunState.RUNNING)
                .toList();
        for (int i = 0; i < cutOff.size(); i += AT_ONCE) {
            sendBackTogether(cutOff.subList(i, Math.min(i + AT_ONCE, cutOff.size())));
        }
        // A host that dies again and again does not hurry its retries by that.
        unfinished.forEach(run -> lane.add(run.id(), Retries.due(run, reads, clock)));
        if (!unfinished.isEmpty()) {
            LOG.info("{} unfinished runs are continued, {} of them were cut off", unfinished.size(), cutOff.size());
        }
    }

    private void sendBackTogether(List<RunRecord> runs) {
        try {
            sendBack(runs);
        } catch (HostException e) {
            LOG.warn("{} runs cannot be sent back together; each is tried alone: {}", runs.size(), e.getMessage());
            sendBackEach(runs);
        }
    }

    private void sendBack(List<RunRecord> runs) {
        List<EntryDraft> entries = new ArrayList<>();
        List<StoreChange> rows = new ArrayList<>();
        for (RunRecord run : runs) {
            Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Transitions back = new Transitions(run).to(RunState.RETRYING, "restart", at);
            entries.addAll(back.entries());
            rows.add(new RunSaved(back.run()));
        }
        journal.write(entries, rows);
    }

    /** One that cannot be sent back must not keep the others; its worker sends it back when it is delivered. */
    private void sendBackEach(List<RunRecord> runs) {
        for (RunRecord run : runs) {
            try {
                reads.ask(rows -> rows.run(run.id()))
                        .filter(known -> known.state() == RunState.RUNNING)
                        .ifPresent(known -> sendBack(List.of(known)));
            } catch (HostException e) {
                if (e.code() == JournalError.JOURNAL_UNAVAILABLE) {
                    LOG.warn("Runs that were cut off are sent back later, when they are worked on", e);
                    return;
                }
                if (e.code() != JournalError.STREAM_ENDED) {
                    LOG.warn("Run {} is sent back later, when it is worked on: {}", run.id(), e.getMessage(), e);
                }
            }
        }
    }
}
