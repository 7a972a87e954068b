/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.RunState;
import org.openmcpchain.session.MessageMode;

/** 50 messages from five people's hands at one busy session, in each mode, with and without kills (issue 3, F017, X29). */
class BusySessionTest {

    private static final int HANDS = 5;
    private static final int EACH = 10;
    private static final int SEEDS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(MessageMode.class)
    void fiftyMessagesAtABusySession(MessageMode mode) throws InterruptedException {
        try (Town town = new Town(folder)) {
            town.say("first");
            if (mode == MessageMode.STEER) {
                town.runs.listen("r1");
            }
            Thrown thrown = throwFifty(town, mode);
            town.runs.letGo();
            awaitQuiet(town);
            check(town, mode, thrown);
            if (mode == MessageMode.REFUSE) {
                assertThat(thrown.refused.get()).isEqualTo(HANDS * EACH);
            }
            if (mode == MessageMode.STEER) {
                // All were handed over before the run asked its model again.
                assertThat(town.runs.all()).hasSize(1);
            }
            if (mode == MessageMode.COLLECT) {
                assertThat(town.runs.all()).hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MessageMode.class)
    void fiftyMessagesWhileTheHostIsKilledAgainAndAgain(MessageMode mode) throws InterruptedException {
        AtomicInteger kills = new AtomicInteger();
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(31L * seed + mode.ordinal());
            try (Town town = new Town(folder.resolve(mode + "-" + seed))) {
                town.say("first");
                town.runs.letGo();
                Thread fate = new Thread(() -> killAgainAndAgain(town, random, kills));
                fate.start();
                Thrown thrown = throwFifty(town, mode);
                fate.interrupt();
                fate.join();
                town.restart();
                awaitQuiet(town);
                check(town, mode, thrown);
            }
        }
        assertThat(kills.get()).as("kills").isGreaterThanOrEqualTo(SEEDS);
    }

    /** Kills at random places; a dead host stays dead for a moment. */
    private static void killAgainAndAgain(Town town, Random random, AtomicInteger kills) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                restartSomehow(town, random);
                while (!town.life.isDead()) {
                    Thread.sleep(1);
                }
                kills.incrementAndGet();
                Thread.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void restartSomehow(Town town, Random random) {
        boolean up = false;
        while (!up) {
            try {
                town.restart(5 + random.nextInt(60), random);
                up = true;
            } catch (HostException e) {
                assertThat(e.parameters()).containsEntry("detail", "killed");
            }
        }
    }

    /** What the clients know. */
    private static final class Thrown {
        private final Map<String, Long> numbers = Collections.synchronizedMap(new HashMap<>());
        private final AtomicInteger refused = new AtomicInteger();
    }

    private static Thrown throwFifty(Town town, MessageMode mode) throws InterruptedException {
        Thrown thrown = new Thrown();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> hands = new ArrayList<>();
        for (int hand = 0; hand < HANDS; hand++) {
            int number = hand;
            Thread thread = new Thread(() -> {
                awaitStart(start);
                for (int i = 0; i < EACH; i++) {
                    throwOne(town, mode, "hand-" + number + "-" + i, thrown);
                }
            });
            thread.start();
            hands.add(thread);
        }
        start.countDown();
        for (Thread hand : hands) {
            hand.join();
        }
        return thrown;
    }

    private static void awaitStart(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a client does it: again with the same id, until there is an answer. */
    private static void throwOne(Town town, MessageMode mode, String text, Thrown thrown) {
        while (true) {
            try {
                long number = town.sessions.send(Town.message(text, mode, text)).message();
                thrown.numbers.put(text, number);
                return;
            } catch (HostException e) {
                if (e.code() == RunError.SESSION_BUSY) {
                    thrown.refused.incrementAndGet();
                    return;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void awaitQuiet(Town town) {
        await().atMost(PATIENCE).until(() -> {
            var session = town.sessions.find("main").orElseThrow();
            return session.pending() == 0 && session.activeRun().isEmpty();
        });
    }

    private void check(Town town, MessageMode mode, Thrown thrown) {
        Map<Long, String> said = everyMessageIsThereOnce(town, thrown);
        if (mode != MessageMode.REFUSE) {
            assertThat(said).hasSize(HANDS * EACH + 1);
        }
        assertThat(thrown.numbers.size() + thrown.refused.get()).isEqualTo(HANDS * EACH);
        eachHandIsInOrder(said);
        assertThat(town.runs.overlaps()).as("two runs at once").isEmpty();
        theStreamAndTheDocumentSayTheSame(town);
        turnsAreAsDocumented(town, mode, said);
    }

    private static Map<Long, String> everyMessageIsThereOnce(Town town, Thrown thrown) {
        Map<Long, String> said = new TreeMap<>();
        town.bodies(EntryTypes.SESSION_MESSAGE)
                .forEach(body -> assertThat(said.put(body.number("message"), body.text("text")))
                        .isNull());
        assertThat(said.values()).doesNotHaveDuplicates();
        thrown.numbers.forEach((text, number) -> assertThat(said).containsEntry(number, text));
        assertThat(said.keySet().stream().mapToLong(Long::longValue).max()).hasValue(said.size());
        return said;
    }

    private static void eachHandIsInOrder(Map<Long, String> said) {
        for (int hand = 0; hand < HANDS; hand++) {
            String prefix = "hand-" + hand + "-";
            List<String> texts = said.values().stream()
                    .filter(text -> text.startsWith(prefix))
                    .toList();
            assertThat(texts).isSorted();
        }
    }

    private static void theStreamAndTheDocumentSayTheSame(Town town) {
        SessionRecord folded = town.sessionJournal().rebuild(Town.KEY).orElseThrow();
        SessionRecord stored = town.stored();
        assertThat(folded)
                .usingRecursiveComparison()
                .ignoringFields("createdAt", "updatedAt")
                .isEqualTo(stored);
    }

    private void turnsAreAsDocumented(Town town, MessageMode mode, Map<Long, String> said) {
        List<Long> began = new ArrayList<>();
        Map<String, List<Long>> goals = new HashMap<>();
        Set<Long> steered = new HashSet<>();
        Set<Long> returned = new HashSet<>();
        for (JournalEntry entry : town.entries()) {
            Entry body = Entry.of(entry.body());
            if (entry.type().equals(EntryTypes.SESSION_TURN) && body.text("how").equals("run")) {
                began.addAll(body.numbers("messages"));
                assertThat(goals.put(body.text("run"), body.numbers("messages")))
                        .isNull();
            } else if (entry.type().equals(EntryTypes.SESSION_TURN)) {
                body.numbers("messages")
                        .forEach(number -> assertThat(steered.add(number)).isTrue());
            } else if (entry.type().equals(EntryTypes.SESSION_ANSWER)) {
                returned.addAll(body.numbers("returned"));
            }
        }
        assertThat(began)
                .as("runs begin in the order of the messages")
                .isSorted()
                .doesNotHaveDuplicates();
        Set<Long> all = new HashSet<>(steered);
        all.removeAll(returned);
        assertThat(Collections.disjoint(all, began)).as("no message twice").isTrue();
        all.addAll(began);
        assertThat(all).as("no message dropped").isEqualTo(said.keySet());
        everyRunIsATurn(town, goals, said);
        switch (mode) {
            case STEER -> everySignalIsNoted(town, steered.size());
            case COLLECT -> assertThat(steered).isEmpty();
            default -> {
                assertThat(steered).isEmpty();
                assertThat(town.runs.all()).hasSize(said.size());
            }
        }
        if (mode == MessageMode.INTERRUPT) {
            List<RunRecord> runs = town.runs.all();
            assertThat(runs.get(runs.size() - 1).state())
                    .as("the last one wins")
                    .isEqualTo(RunState.SUCCEEDED);
        } else {
            assertThat(town.runs.all()).allMatch(run -> run.state() == RunState.SUCCEEDED);
        }
    }

    private static void everyRunIsATurn(Town town, Map<String, List<Long>> goals, Map<Long, String> said) {
        assertThat(town.runs.all().stream().map(RunRecord::id)).containsExactlyInAnyOrderElementsOf(goals.keySet());
        for (RunRecord run : town.runs.all()) {
            List<Long> numbers = goals.get(run.id());
            if (numbers.size() == 1) {
                assertThat(run.goal()).isEqualTo(said.get(numbers.get(0)));
            } else {
                assertThat(run.goal().lines())
                        .containsExactlyElementsOf(numbers.stream()
                                .map(number -> "[" + number + "] " + said.get(number))
                                .toList());
            }
        }
    }

    private static void everySignalIsNoted(Town town, int steered) {
        long signals = town.runs.all().stream()
                .flatMap(run -> town.journal.read(run.stream(), 0, 1000).stream())
                .filter(entry -> entry.type().equals(EntryTypes.RUN_STEERED))
                .count();
        assertThat(signals).isEqualTo(steered);
    }
}
