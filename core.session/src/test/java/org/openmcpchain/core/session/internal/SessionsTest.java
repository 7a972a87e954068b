/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.session.internal.Codes.refused;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.Accepted.Effect;
import org.openmcpchain.session.Message;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Session;
import org.openmcpchain.session.Turn;

/** What sessions promise, one message at a time (F017, F326, F327, F329, F330, F331). */
class SessionsTest {

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
    void equalKeysAreOneSession() {
        Session first = town.sessions.create(" Desk / Trader/Group/OPS ", MessageMode.COLLECT, "alice");
        Session second = town.sessions.create("desk/trader/group/ops", MessageMode.STEER, "bob");

        assertThat(first.key()).isEqualTo("desk/trader/group/ops");
        assertThat(second).isEqualTo(first);
        assertThat(second.mode()).isEqualTo(MessageMode.COLLECT);
        assertThat(town.sessions.list(0, 10).items()).containsExactly(first);
        refused(RunError.SESSION_KEY_INVALID, () -> town.sessions.create("a/b/c/d/e", MessageMode.STEER, "alice"));
        refused(RunError.SESSION_KEY_INVALID, () -> town.sessions.find("x".repeat(600)));
        refused(RunError.SESSION_KEY_INVALID, () -> town.sessions.find(null));
    }

    @Test
    void sessionsAreListedInTheOrderOfTheirKeys() {
        List.of("dm/carol", "dm/alice@example.org", "dm/bob")
                .forEach(key -> town.sessions.create(key, MessageMode.STEER, "a"));

        assertThat(town.sessions.list(0, 2).items().stream().map(Session::key))
                .containsExactly("default/default/dm/alice@example.org", "default/default/dm/bob");
        assertThat(town.sessions.list(0, 2).nextOffset()).hasValue(2);
        assertThat(town.sessions.list(2, 2).nextOffset()).isEmpty();
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.list(-1, 2));
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.list(0, 0));
        town.restart();
        assertThat(town.sessions.list(0, 10).total()).isEqualTo(3);
    }

    @Test
    void messageToAnIdleSessionIsARunAtOnce() {
        Accepted accepted = town.say("price of ETH");

        assertThat(accepted.effect()).isEqualTo(Effect.STARTED);
        assertThat(accepted.created()).isTrue();
        assertThat(accepted.run()).contains("r1");
        RunRecord run = town.runs.all().get(0);
        assertThat(run.goal()).isEqualTo("price of ETH");
        assertThat(run.session()).contains(Town.KEY);
        assertThat(run.principal()).isEqualTo("alice");
        assertThat(accepted.session().activeRun()).contains("r1");
        town.answer("r1", "3,000 USDC");
        assertThat(town.find().activeRun()).isEmpty();
        assertThat(town.find().turns()).isOne();
    }

    @Test
    void busySessionRefusesIfItIsToldTo() {
        town.say("first");

        refused(RunError.SESSION_BUSY, () -> town.say("second", MessageMode.REFUSE));
        assertThat(town.find().messages()).isOne();
        town.answer("r1", "done");
        assertThat(town.say("third", MessageMode.REFUSE).effect()).isEqualTo(Effect.STARTED);
    }

    @Test
    void messagesOwnModeBeatsThatOfTheSession() {
        town.sessions.create("main", MessageMode.REFUSE, "alice");
        town.say("first");

        assertThat(town.say("second", MessageMode.FOLLOW_UP).effect()).isEqualTo(Effect.QUEUED);
        refused(RunError.SESSION_BUSY, () -> town.say("third"));
    }

    @Test
    void modeChangesAtOnceWhenIdleAndFromTheNextTurnOnWhenBusy() {
        town.sessions.create("main", MessageMode.FOLLOW_UP, "alice");
        assertThat(town.sessions.mode("main", MessageMode.COLLECT, "alice").mode())
                .isEqualTo(MessageMode.COLLECT);

        town.say("first");
        Session changed = town.sessions.mode("main", MessageMode.REFUSE, "alice");

        assertThat(changed.mode()).isEqualTo(MessageMode.COLLECT);
        assertThat(changed.nextMode()).contains(MessageMode.REFUSE);
        assertThat(town.say("still collected").effect()).isEqualTo(Effect.QUEUED);
        town.answer("r1", "done");
        assertThat(town.find().mode()).isEqualTo(MessageMode.REFUSE);
        assertThat(town.find().nextMode()).isEmpty();
        refused(RunError.SESSION_BUSY, () -> town.say("refused now"));
        assertThat(town.bodies(EntryTypes.SESSION_MODE).stream().map(body -> body.text("effective")))
                .containsExactly("now", "next-turn");
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.mode("main", null, "alice"));
        refused(RunError.SESSION_UNKNOWN, () -> town.sessions.mode("dm/nobody", MessageMode.STEER, "alice"));
    }

    @Test
    void sameClientIdIsTheSameMessageForGood() {
        Accepted first = town.sessions.send(Town.message("buy", null, "order-7"));
        Accepted again = town.sessions.send(Town.message("buy", null, "order-7"));

        assertThat(again.created()).isFalse();
        assertThat(again.message()).isEqualTo(first.message());
        assertThat(again.run()).isEqualTo(first.run());
        refused(RunError.IDEMPOTENCY_CONFLICT, () -> town.sessions.send(Town.message("sell", null, "order-7")));
        town.answer("r1", "bought");
        town.restart();
        Accepted later = town.sessions.send(Town.message("buy", null, "order-7"));
        assertThat(later.created()).isFalse();
        assertThat(later.effect()).isEqualTo(Effect.STARTED);
        assertThat(later.run()).contains("r1");
        assertThat(town.sessions
                        .send(Town.message("bob", "sell", null, "order-7"))
                        .created())
                .as("ids belong to a person")
                .isTrue();
    }

    @Test
    void whatCannotBeKeptIsRefusedBeforeAnythingIsWritten() {
        for (String text : new String[] {null, "", "  \n ", "x".repeat(4001), "a\0b", "a\ud800b"}) {
            refused(RequestError.REQUEST_INVALID, () -> town.say(text));
        }
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.send(Town.message(null, "hi", null, null)));
        refused(
                RequestError.REQUEST_INVALID,
                () -> town.sessions.send(Town.message("x".repeat(129), "hi", null, null)));
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.send(Town.message("hi", null, "no blanks")));
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.send(on("not-a-network")));
        refused(ChainError.CHAIN_UNKNOWN, () -> town.sessions.send(on("eip155:1")));
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.create("main", null, "alice"));
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.create("main", MessageMode.STEER, ""));
        assertThat(town.sessions.list(0, 10).items()).isEmpty();
        assertThat(town.entries()).isEmpty();
    }

    private static Message on(String network) {
        return new Message("alice", "main", "hi", Optional.empty(), Optional.empty(), Optional.of(network));
    }

    @Test
    void bothLimitsHold() {
        try (Town small = new Town(folder.resolve("small"), Map.of("pendingLimit", 2, "sessionLimit", 1))) {
            small.say("at work");
            small.say("waits", MessageMode.FOLLOW_UP);
            small.say("is handed over", MessageMode.STEER);
            refused(RunError.SESSION_QUEUE_FULL, () -> small.say("too much", MessageMode.INTERRUPT));
            refused(RunError.SESSION_QUEUE_FULL, () -> small.sessions.create("dm/bob", MessageMode.STEER, "bob"));
        }
    }

    @Test
    void historyTellsWhatHappenedInOrder() {
        town.say("first");
        town.say("two", MessageMode.STEER);
        town.runs.listen("r1");
        town.answer("r1", "done");
        town.sessions.compact("main", "alice");
        town.sessions.reset("main", "alice");

        List<Turn> turns = town.sessions.history("main", 0, 100);
        assertThat(turns.stream().map(Turn::kind))
                .containsExactly("message", "turn", "message", "turn", "answer", "compaction", "reset");
        assertThat(turns.get(1).messages()).containsExactly(1L);
        assertThat(turns.get(1).run()).contains("r1");
        assertThat(turns.get(4).text()).contains("done");
        assertThat(town.sessions.history("main", 0, 1)).containsExactly(turns.get(0));
        assertThat(town.sessions.history("main", turns.get(0).seq(), 2)).containsExactly(turns.get(1), turns.get(2));
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.history("main", 0, 1001));
        refused(RequestError.REQUEST_INVALID, () -> town.sessions.history("main", -1, 1));
        refused(RunError.SESSION_UNKNOWN, () -> town.sessions.history("dm/nobody", 0, 1));
    }

    @Test
    void commandsAreCarriedOutInOrder() {
        assertThat(town.say(" /new ").effect()).isEqualTo(Effect.COMMAND);
        assertThat(town.find().epoch()).isEqualTo(2);
        town.say("first");
        assertThat(town.say("/reset").effect()).isEqualTo(Effect.QUEUED);
        town.say("/compact");
        town.say("/newer is no command");
        assertThat(town.find().epoch()).isEqualTo(2);
        town.runs.letGo();
        Session session = town.awaitQuiet();

        assertThat(session.epoch()).isEqualTo(3);
        assertThat(session.compactions()).isOne();
        assertThat(session.turns()).isEqualTo(2);
        assertThat(town.entries().stream().map(entry -> entry.type().substring("session.".length())))
                .containsExactly(
                        "created",
                        "message",
                        "reset",
                        "message",
                        "turn",
                        "message",
                        "message",
                        "message",
                        "answer",
                        "reset",
                        "compacted",
                        "turn",
                        "answer");
        assertThat(town.runs.all()).hasSize(2);
    }

    @Test
    void nothingIsLostWhenTheStreamWentOnUnseen() {
        town.say("first");
        // A write that was given up for lost is done after all, behind the back of the session.
        town.journal.append(
                "session/" + Town.KEY,
                EntryTypes.SESSION_MESSAGE,
                Map.of("message", 2, "principal", "alice", "text", "late", "mode", MessageMode.FOLLOW_UP));
        town.say("second", MessageMode.FOLLOW_UP);
        town.runs.letGo();
        town.awaitQuiet();

        assertThat(town.runs.all().stream().map(RunRecord::goal)).containsExactly("first", "late", "second");
        assertThat(town.find().messages()).isEqualTo(3);
    }

    @Test
    void sessionWhoseCreationNobodyHeardOfIsThere() {
        town.store.loseAnswers(1);
        refused(JournalError.JOURNAL_UNAVAILABLE, () -> town.say("hello"));
        assertThat(town.say("hello").effect()).isEqualTo(Effect.STARTED);

        assertThat(town.sessions.find("main")).isPresent();
        assertThat(town.sessions.list(0, 10).items().stream().map(Session::key)).containsExactly(Town.KEY);
        assertThat(town.bodies(EntryTypes.SESSION_CREATED)).hasSize(1);
        assertThat(town.sessions.history("main", 0, 10)).isNotEmpty();
        town.store.loseAnswers(1);
        refused(JournalError.JOURNAL_UNAVAILABLE, () -> town.sessions.create("dm/bob", MessageMode.COLLECT, "bob"));
        town.sessions.create("dm/bob", MessageMode.STEER, "bob");
        assertThat(town.sessions.find("dm/bob").orElseThrow().mode()).isEqualTo(MessageMode.COLLECT);
    }

    @Test
    void stoppedSessionsTakeNothing() {
        town.sessions.stop();
        refused(JournalError.JOURNAL_UNAVAILABLE, () -> town.say("too late"));
    }

    @Test
    void manySessionsWithoutAThreadEach() {
        try (Town busy = new Town(folder.resolve("busy"), Map.of("watchLimit", 20, "workers", 2))) {
            Random random = new Random(3);
            for (int i = 0; i < 300; i++) {
                busy.sessions.send(new Message(
                        "alice",
                        "dm/p" + random.nextInt(60),
                        "m" + i,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
            }
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("openmcp-session-"))
                    .count();
            assertThat(threads).as("two of each town").isLessThanOrEqualTo(2 + 4);
            busy.runs.letGo();
            await().until(() -> busy.sessions.list(0, 200).items().stream()
                    .allMatch(session ->
                            session.pending() == 0 && session.activeRun().isEmpty()));
            assertThat(busy.runs.all()).hasSize(300);
            assertThat(busy.runs.overlaps()).isEmpty();
        }
    }
}
