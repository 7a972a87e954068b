/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;

/** What an executor sees of an attempt. Of no use after the attempt is over. */
final class AttemptSession implements RunSession {

    private final Run run;
    private final List<JournalEntry> history;
    private final Attempt attempt;
    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final int retriesLeft;
    private final Clock clock;

    AttemptSession(
            Run run,
            List<JournalEntry> history,
            Attempt attempt,
            JournaledStore journal,
            ShieldedReads reads,
            int retriesLeft,
            Clock clock) {
        this.run = run;
        this.history = List.copyOf(history);
        this.attempt = attempt;
        this.journal = journal;
        this.reads = reads;
        this.retriesLeft = retriesLeft;
        this.clock = clock;
    }

    @Override
    public Run run() {
        return run;
    }

    @Override
    public List<JournalEntry> history() {
        return history;
    }

    @Override
    public JournalEntry record(String type, Map<String, ?> body) {
        if (attempt.isOver()) {
            throw new RunSuspendedException();
        }
        return journal.write(List.of(new EntryDraft(run.stream(), type, body)), List.of())
                .get(0);
    }

    @Override
    public List<JournalEntry> since(long seq) {
        return reads.entriesBehind(run.stream(), seq);
    }

    @Override
    public int retriesLeft() {
        return retriesLeft;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void checkActive() {
        attempt.check();
    }
}
