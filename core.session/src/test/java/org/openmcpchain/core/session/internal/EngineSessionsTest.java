/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.core.run.internal.EngineRoom;
import org.openmcpchain.core.run.internal.EngineSettings;
import org.openmcpchain.core.run.internal.MemoryRunStore;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunState;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Session;

/** The same fifty messages, over the real engine, across two restarts of everything but the store. */
class EngineSessionsTest {

    @TempDir
    Path folder;

    private final MemoryRunStore store = new MemoryRunStore(Settings.memory());
    private EngineRoom room;
    private volatile StoredSessions sessions;

    private void open() {
        room = new EngineRoom(
                store, Settings.journal(), Settings.of(EngineSettings.class, Map.of("drain", "PT2S")), new FakeAgent());
        StoredSessions fresh = new StoredSessions(
                Settings.sessions(Map.of()),
                new SessionJournal(room.journal(), room.journal(), Clock.systemUTC()),
                room.journal(),
                room.engine(),
                folder);
        fresh.bindSignals(room.signals());
        fresh.start();
        sessions = fresh;
    }

    private void close() {
        sessions.stop();
        room.close();
    }

    /** Asks its model twice and takes some moments; what it is told in between it hears, as the agent does. */
    private static final class FakeAgent implements RunExecutor {

        @Override
        public RunEnding execute(RunSession session) {
            long heard = lastSignal(session.history());
            for (int round = 1; round <= 2; round++) {
                session.checkActive();
                heard = Math.max(heard, lastSignal(session.since(heard)));
                session.record(EntryTypes.INFERENCE_REQUESTED, Map.of("round", round, "steered", heard));
                think();
            }
            session.checkActive();
            return new RunEnding(
                    RunState.SUCCEEDED,
                    Optional.of("done"),
                    Optional.empty(),
                    Optional.of("{}"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("planner"));
        }

        private static long lastSignal(List<JournalEntry> entries) {
            return entries.stream()
                    .filter(entry -> entry.type().equals(EntryTypes.RUN_STEERED))
                    .mapToLong(JournalEntry::seq)
                    .max()
                    .orElse(0);
        }

        private static void think() {
            try {
                Thread.sleep(3);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = MessageMode.class, names = "REFUSE", mode = EnumSource.Mode.EXCLUDE)
    void fiftyMessagesOverTheRealEngineAcrossRestarts(MessageMode mode) throws InterruptedException {
        open();
        sessions.send(Town.message("first", null, null));
        CountDownLatch over = new CountDownLatch(1);
        Thread restarts = new Thread(() -> {
            for (int i = 1; i <= 2; i++) {
                long enough = 15L * i;
                await().until(() -> sessions.find("main").map(Session::messages).orElse(0L) >= enough);
                close();
                open();
            }
            over.countDown();
        });
        restarts.start();
        Hands hands = Hands.throwFifty(() -> sessions, mode);
        over.await();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            Session session = sessions.find("main").orElseThrow();
            return session.pending() == 0 && session.activeRun().isEmpty();
        });

        new Documented(room.journal(), runs()).check(mode, hands);
        close();
    }

    private List<Run> runs() {
        List<Run> oldestFirst = room.engine()
                .list(new RunQuery(
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        0,
                        200))
                .items();
        assertThat(oldestFirst).isNotEmpty();
        return oldestFirst;
    }
}
