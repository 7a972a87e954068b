/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** A session whose journal is a list. It can stop after a number of entries, as a killed host does. */
final class FakeSession implements RunSession {

    /** The host is gone. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final RunRecord run;
    private final List<JournalEntry> history;
    private final List<JournalEntry> journal;
    private int entriesLeft = Integer.MAX_VALUE;
    volatile RuntimeException halt;
    volatile int haltAfterChecks = Integer.MAX_VALUE;
    volatile int retriesLeft;

    FakeSession(RunRecord run, List<JournalEntry> history) {
        this.run = run;
        this.history = List.copyOf(history);
        this.journal = Collections.synchronizedList(new ArrayList<>(history));
    }

    static RunRecord run(String goal, int attempts) {
        return run(goal, attempts, Optional.empty(), "{\"note\":1.10}");
    }

    static RunRecord run(String goal, int attempts, Optional<String> network, String metadata) {
        return run(goal, attempts, network, Optional.empty(), metadata);
    }

    static RunRecord run(
            String goal, int attempts, Optional<String> network, Optional<String> session, String metadata) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return new RunRecord(
                "01890000-0000-7000-8000-000000000001",
                Optional.empty(),
                "alice",
                goal,
                network,
                session,
                metadata,
                RunState.RUNNING,
                at,
                at,
                Optional.empty(),
                attempts,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Lets so many entries reach the disk, and kills the host with the next one. */
    FakeSession dyingAfter(int entries) {
        entriesLeft = entries;
        return this;
    }

    List<JournalEntry> journal() {
        return List.copyOf(journal);
    }

    List<String> types() {
        return journal().stream().map(JournalEntry::type).toList();
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
    public synchronized JournalEntry record(String type, Map<String, ?> body) {
        if (entriesLeft-- <= 0) {
            throw new Killed();
        }
        String json = CanonicalJson.of(body);
        if (json.length() > 1_048_576) {
            throw new AssertionError("an entry of " + json.length() + " characters does not fit the journal");
        }
        JournalEntry entry = new JournalEntry(
                run.stream(), journal.size() + 1L, now(), type, json, JournalEntry.ORIGIN, JournalEntry.ORIGIN);
        journal.add(entry);
        return entry;
    }

    @Override
    public List<JournalEntry> since(long seq) {
        return journal().stream().filter(entry -> entry.seq() > seq).toList();
    }

    @Override
    public int retriesLeft() {
        return retriesLeft;
    }

    /** Somebody steers the run. */
    synchronized void steer(String text, Map<String, ?> parameters) {
        record(EntryTypes.RUN_STEERED, Map.of("principal", "alice", "text", text, "parameters", parameters));
    }

    @Override
    public Instant now() {
        return Clock.systemUTC().instant();
    }

    @Override
    public synchronized void checkActive() {
        if (halt != null && haltAfterChecks-- <= 0) {
            throw halt;
        }
    }
}
