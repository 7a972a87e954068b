/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.session.MessageMode;

/** 50 messages from five people's hands at one busy session, in each mode, with and without kills (issue 3, F017, X29). */
class BusySessionTest {

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
            Hands thrown = Hands.throwFifty(() -> town.sessions, mode);
            town.runs.letGo();
            awaitQuiet(town);
            check(town, mode, thrown);
            if (mode == MessageMode.REFUSE) {
                assertThat(thrown.refused()).isEqualTo(Hands.COUNT);
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
                Hands thrown = Hands.throwFifty(() -> town.sessions, mode);
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

    private static void awaitQuiet(Town town) {
        await().atMost(PATIENCE)
                .until(() ->
                        town.find().pending() == 0 && town.find().activeRun().isEmpty());
    }

    private static void check(Town town, MessageMode mode, Hands hands) {
        assertThat(town.runs.overlaps()).as("two runs at once").isEmpty();
        new Documented(town.journal, town.runs.all()).check(mode, hands);
    }
}
