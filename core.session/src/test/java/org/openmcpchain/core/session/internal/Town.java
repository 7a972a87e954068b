/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.internal.HostJournal;
import org.openmcpchain.core.run.internal.MemoryRunStore;
import org.openmcpchain.core.run.internal.ShieldedReads;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Signals;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.Message;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Session;

/** A journal and runs that stay, and sessions that come and go over them. */
final class Town implements AutoCloseable {

    static final String KEY = "default/default/main";

    final ShieldedReads reads = ShieldedReads.of(new MemoryRunStore(Settings.memory()));
    final HostJournal journal = new HostJournal(Settings.journal(), reads);
    final SilentStore store = new SilentStore(journal);
    final LeapClock clock = new LeapClock();
    final FakeRuns runs = new FakeRuns(journal);
    final Path folder;
    private final Map<String, Object> settings;
    volatile StoredSessions sessions;
    volatile MortalHost life;

    Town(Path folder, Map<String, Object> settings) {
        this.folder = folder;
        this.settings = settings;
        begin(MortalHost.immortal());
    }

    Town(Path folder) {
        this(folder, Map.of());
    }

    /** A new life of the sessions; the one before ends first. */
    void restart(int callsUntilDeath, Random random) {
        sessions.stop();
        begin(new MortalHost(callsUntilDeath, random));
    }

    void restart() {
        sessions.stop();
        begin(MortalHost.immortal());
    }

    private void begin(MortalHost mortal) {
        JournaledStore rows = mortal.mortal(JournaledStore.class, store);
        Journal entries = mortal.mortal(Journal.class, journal);
        StoredSessions fresh = new StoredSessions(
                Settings.sessions(settings),
                new SessionJournal(rows, entries, clock),
                entries,
                mortal.mortal(Runs.class, runs),
                folder);
        fresh.bindSignals(mortal.mortal(Signals.class, runs));
        fresh.start();
        life = mortal;
        sessions = fresh;
    }

    Accepted say(String text) {
        return sessions.send(message(text, null, null));
    }

    Accepted say(String text, MessageMode mode) {
        return sessions.send(message(text, mode, null));
    }

    static Message message(String text, MessageMode mode, String clientId) {
        return message("alice", text, mode, clientId);
    }

    static Message message(String principal, String text, MessageMode mode, String clientId) {
        return new Message(
                principal, "main", text, Optional.ofNullable(clientId), Optional.ofNullable(mode), Optional.empty());
    }

    SessionJournal sessionJournal() {
        return new SessionJournal(journal, journal, clock);
    }

    SessionRecord stored() {
        return sessionJournal().load(KEY).orElseThrow();
    }

    /** Every entry of the session with its body. */
    List<JournalEntry> entries() {
        List<JournalEntry> all = new ArrayList<>();
        List<JournalEntry> page = sessionJournal().entries(KEY, 0);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = sessionJournal().entries(KEY, page.get(page.size() - 1).seq());
        }
        return all;
    }

    List<Entry> bodies(String type) {
        return entries().stream()
                .filter(entry -> entry.type().equals(type))
                .map(entry -> Entry.of(entry.body()))
                .toList();
    }

    /** Waits until nothing is at work and nothing waits. */
    Session awaitQuiet() {
        await().until(() -> find().pending() == 0 && find().activeRun().isEmpty());
        return find();
    }

    /** Ends a run well and waits until the session has taken note. */
    void answer(String run, String reply) {
        runs.succeed(run, reply);
        awaitAnswered(run);
    }

    void awaitAnswered(String run) {
        await().until(() -> bodies(EntryTypes.SESSION_ANSWER).stream()
                .anyMatch(body -> body.optional("run").equals(Optional.of(run))));
    }

    Session find() {
        return sessions.find(KEY).orElseThrow();
    }

    @Override
    public void close() {
        sessions.stop();
        runs.close();
        journal.close();
        reads.close();
    }
}
