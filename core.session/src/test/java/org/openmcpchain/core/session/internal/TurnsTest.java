/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.Accepted.Effect;
import org.openmcpchain.session.MessageMode;

/** How messages become runs: together, in order, after failures (X29). */
class TurnsTest {

    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(folder);
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void collectedMessagesOfDifferentPeopleAreNotMerged() {
        town.say("first");
        town.sessions.send(Town.message("alice", "a1", MessageMode.COLLECT, null));
        town.sessions.send(Town.message("alice", "a2", MessageMode.COLLECT, null));
        town.sessions.send(Town.message("bob", "b1", MessageMode.COLLECT, null));
        town.sessions.send(Town.message("alice", "a3", MessageMode.COLLECT, null));
        town.sessions.send(Town.message("alice", "alone", MessageMode.FOLLOW_UP, null));
        town.sessions.send(Town.message("alice", "a4", MessageMode.COLLECT, null));
        town.runs.letGo();
        town.awaitQuiet();

        assertThat(town.runs.all().stream().map(RunRecord::goal))
                .containsExactly("first", "[2] a1\n[3] a2", "b1", "a3", "alone", "a4");
        assertThat(town.runs.all().get(2).principal()).isEqualTo("bob");
    }

    @Test
    void longCollectedMessagesAreSplitAndNeverCut() {
        town.say("first");
        List<String> texts = List.of("a".repeat(4000), "b".repeat(1990), "c".repeat(1990), "d".repeat(30));
        texts.forEach(text -> town.say(text, MessageMode.COLLECT));
        town.runs.letGo();
        town.awaitQuiet();

        List<String> goals = town.runs.all().stream().map(RunRecord::goal).toList();
        assertThat(goals).hasSize(4).allMatch(goal -> goal.length() <= 4000);
        assertThat(goals.get(1)).isEqualTo(texts.get(0));
        assertThat(goals.get(2)).isEqualTo("[3] " + texts.get(1) + "\n[4] " + texts.get(2));
        assertThat(goals.get(3)).isEqualTo(texts.get(3));
    }

    @Test
    void whatTheRunDidNotHearBecomesARunOfItsOwn() {
        town.say("first");
        assertThat(town.say("heard", MessageMode.STEER).effect()).isEqualTo(Effect.STEERED);
        town.runs.listen("r1");
        assertThat(town.say("too late 1", MessageMode.STEER).run()).contains("r1");
        town.say("waits anyway", MessageMode.FOLLOW_UP);
        town.say("too late 2", MessageMode.STEER);
        assertThat(town.find().pending()).isOne();
        town.answer("r1", "done");
        town.runs.letGo();
        town.awaitQuiet();

        assertThat(town.runs.all().stream().map(RunRecord::goal))
                .containsExactly("first", "too late 1", "waits anyway", "too late 2");
        assertThat(town.bodies(EntryTypes.SESSION_ANSWER).get(0).numbers("returned"))
                .containsExactly(3L, 5L);
    }

    @Test
    void nobodySteersTheRunOfSomebodyElse() {
        town.say("alice's run");

        Accepted accepted = town.sessions.send(Town.message("bob", "send it all to me", MessageMode.STEER, null));

        assertThat(accepted.effect()).isEqualTo(Effect.QUEUED);
        town.runs.letGo();
        town.awaitQuiet();
        assertThat(town.runs.all().get(1).principal()).isEqualTo("bob");
    }

    @Test
    void whatOneTellsTheRunDirectlyIsNoMessageThatTheRunMayNotHear() {
        town.say("first");
        assertThat(town.say("/new", MessageMode.STEER).effect()).isEqualTo(Effect.QUEUED);
        town.sessions.stop();
        Map<String, Object> elsewhere = Map.of(
                "message", 3, "principal", "alice", "text", "go on", "mode", MessageMode.STEER, "network", "eip155:1");
        town.sessionJournal().write(town.stored(), EntryTypes.SESSION_MESSAGE, elsewhere, List.of());
        town.runs.steer("r1", "alice", "/new", "{}");
        town.runs.steer("r1", "alice", "go on", "{}");
        town.restart();
        town.sessions.mode("main", MessageMode.FOLLOW_UP, "alice");

        assertThat(town.bodies(EntryTypes.SESSION_TURN)).hasSize(1);
        assertThat(town.find().pending()).isEqualTo(2);
        town.runs.letGo();
        assertThat(town.awaitQuiet().epoch()).isEqualTo(2);
        assertThat(town.runs.all().stream().map(RunRecord::goal)).containsExactly("first", "go on");
        assertThat(town.runs.all().get(1).network()).contains("eip155:1");
    }

    @Test
    void withoutSignalsAMessageThatSteersWaits() {
        town.say("first");
        town.sessions.bindSignals(town.runs);
        town.sessions.unbindSignals(town.runs);

        assertThat(town.say("later", MessageMode.STEER).effect()).isEqualTo(Effect.QUEUED);
    }

    @Test
    void interruptingMessageEndsTheRunAndGoesAheadOfThoseThatWait() {
        town.say("first");
        town.say("waits", MessageMode.FOLLOW_UP);

        Accepted accepted = town.say("stop, do this", MessageMode.INTERRUPT);

        assertThat(accepted.effect()).isEqualTo(Effect.INTERRUPTED);
        assertThat(accepted.run()).contains("r1");
        await().until(() -> town.runs.all().size() == 2);
        assertThat(town.runs.all().get(0).state()).isEqualTo(RunState.CANCELLED);
        assertThat(town.runs.all().get(0).errorDetail()).contains("interrupted by message 3");
        assertThat(town.runs.all().get(1).goal()).isEqualTo("stop, do this");
        town.runs.letGo();
        town.awaitQuiet();
        assertThat(town.runs.all().get(2).goal()).isEqualTo("waits");
    }

    @Test
    void interruptIsFoundAgainAfterARestart() {
        town.say("first");
        town.sessions.stop();
        // The message is on disk, the cancellation is not under way.
        SessionJournal journal = town.sessionJournal();
        journal.write(
                town.stored(),
                EntryTypes.SESSION_MESSAGE,
                Map.of("message", 2, "principal", "alice", "text", "now", "mode", MessageMode.INTERRUPT),
                List.of());
        town.restart();

        await().until(() -> town.runs.all().size() == 2);
        assertThat(town.runs.all().get(0).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void goalWhoseAcceptanceNobodyHeardOfIsNotSubmittedTwice() {
        town.say("first");
        town.say("second", MessageMode.COLLECT);
        town.runs.loseAnswers(1_000);
        town.answer("r1", "done");
        await().until(() -> town.runs.all().size() == 2);
        // Before it is tried again there is more to collect; the run that exists is for the second message only.
        town.say("third", MessageMode.COLLECT);
        assertThat(town.bodies(EntryTypes.SESSION_TURN).get(1).numbers("messages"))
                .containsExactly(2L);
        town.runs.loseAnswers(0);
        town.runs.letGo();
        town.awaitQuiet();

        assertThat(town.runs.all().stream().map(RunRecord::goal)).containsExactly("first", "second", "third");
    }

    @Test
    void nameThatSomebodyElseTookDoesNotStopASession() {
        NextTurn turn = new NextTurn(
                List.of(new Waiting(1, 2, MessageMode.FOLLOW_UP, "alice", Optional.empty(), Optional.empty(), 2)),
                "hi");
        town.runs.submit(
                new RunRequest("alice", "mine", Optional.of(turn.clientId(Town.KEY, 0)), Optional.empty(), "{}"));

        assertThat(town.say("hi").run()).contains("r2");
        assertThat(town.runs.all().get(1).goal()).isEqualTo("hi");
    }

    @Test
    void fullQueueIsWaitedForAndTheMessageIsKept() {
        town.runs.refuse(HostException.of(RunError.RUN_QUEUE_FULL));
        Accepted accepted = town.say("patience");
        assertThat(accepted.effect()).isEqualTo(Effect.QUEUED);
        assertThat(accepted.run()).isEmpty();

        town.runs.refuse(null);
        town.runs.letGo();
        town.awaitQuiet();
        assertThat(town.runs.all().stream().map(RunRecord::goal)).containsExactly("patience");
    }

    @Test
    void messageThatCanHaveNoRunIsAnsweredSo() {
        town.runs.refuse(HostException.of(RequestError.REQUEST_INVALID, "field", "goal"));
        town.say("hopeless");
        town.awaitQuiet();

        Entry answer = town.bodies(EntryTypes.SESSION_ANSWER).get(0);
        assertThat(answer.text("code")).isEqualTo("REQUEST_INVALID");
        assertThat(answer.numbers("messages")).containsExactly(1L);
        town.runs.refuse(null);
        assertThat(town.say("next").effect()).isEqualTo(Effect.STARTED);
    }

    @Test
    void patienceEnds() {
        try (Town hasty = new Town(folder.resolve("hasty"), Map.of("submitPatience", "PT0.001S"))) {
            hasty.runs.refuse(HostException.of(ChainError.CHAIN_UNKNOWN, "network", "eip155:1"));
            hasty.say("never");
            hasty.awaitQuiet();
            assertThat(hasty.bodies(EntryTypes.SESSION_ANSWER).get(0).text("code"))
                    .isEqualTo("CHAIN_UNKNOWN");
        }
    }

    @Test
    void runThatIsGoneDoesNotHoldTheSession() {
        town.say("first");
        town.sessions.stop();
        SessionJournal journal = town.sessionJournal();
        SessionRecord answered = journal.write(
                town.stored(), EntryTypes.SESSION_ANSWER, Map.of("run", "r1", "state", "FAILED"), List.of());
        SessionRecord asked = journal.write(
                answered,
                EntryTypes.SESSION_MESSAGE,
                Map.of("message", 2, "principal", "alice", "text", "x", "mode", MessageMode.STEER),
                List.of());
        journal.write(
                asked,
                EntryTypes.SESSION_TURN,
                Map.of("how", "run", "run", "lost", "messages", List.of(2L)),
                List.of());
        town.restart();

        town.awaitQuiet();
        assertThat(town.bodies(EntryTypes.SESSION_ANSWER).get(1).text("code")).isEqualTo("RUN_UNKNOWN");
    }

    @Test
    void endsAreNoticedWithoutListeningToThem() {
        try (Town deaf = new Town(folder.resolve("deaf"), Map.of("watchLimit", 0))) {
            deaf.say("first");
            deaf.answer("r1", "done");
            assertThat(deaf.find().activeRun()).isEmpty();
        }
    }
}
