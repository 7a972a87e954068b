/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.session.MessageMode;

/** How long a message waits for a run that is refused, and what does not count (F017). */
class PatienceTest {

    private static final HostException NETWORK_AWAY = HostException.of(ChainError.CHAIN_UNKNOWN, "network", "eip155:1");
    private static final HostException JOURNAL_AWAY = HostException.of(JournalError.JOURNAL_UNAVAILABLE);
    private static final Duration TOO_LONG = Duration.ofMinutes(11);

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

    /** Has the session moved on now, on this thread. */
    private void moveOn() {
        town.sessions.mode("main", MessageMode.FOLLOW_UP, "alice");
    }

    @Test
    void oneMessagesExpiredPatienceIsNotThatOfTheNext() {
        town.runs.refuse(NETWORK_AWAY);
        town.say("one");
        town.say("two");
        town.clock.leap(TOO_LONG);
        moveOn();

        assertThat(town.bodies(EntryTypes.SESSION_ANSWER).stream().map(answer -> answer.numbers("messages")))
                .containsExactly(List.of(1L));
        assertThat(town.find().pending()).isOne();
        town.runs.refuse(null);
        moveOn();
        assertThat(town.runs.all().stream().map(RunRecord::goal)).containsExactly("two");
    }

    @Test
    void patienceOfTheNextMessageEndsToo() {
        town.runs.refuse(NETWORK_AWAY);
        town.say("one");
        town.say("two");
        town.clock.leap(TOO_LONG);
        moveOn();
        town.clock.leap(TOO_LONG);
        moveOn();

        assertThat(town.bodies(EntryTypes.SESSION_ANSWER)).hasSize(2);
        assertThat(town.find().pending()).isZero();
    }

    @Test
    void collectedMessagesHaveThePatienceOfTheirFirst() {
        town.runs.refuse(NETWORK_AWAY);
        town.say("one", MessageMode.COLLECT);
        town.clock.leap(TOO_LONG.dividedBy(2));
        town.say("two", MessageMode.COLLECT);
        town.clock.leap(TOO_LONG.dividedBy(2));
        moveOn();

        assertThat(town.bodies(EntryTypes.SESSION_ANSWER).get(0).numbers("messages"))
                .containsExactly(1L, 2L);
    }

    @Test
    void journalThatIsAwayOnlyDelays() {
        town.runs.refuse(JOURNAL_AWAY);
        town.say("one");
        town.clock.leap(TOO_LONG);
        moveOn();
        assertThat(town.bodies(EntryTypes.SESSION_ANSWER)).isEmpty();

        town.runs.refuse(NETWORK_AWAY);
        moveOn();
        assertThat(town.bodies(EntryTypes.SESSION_ANSWER))
                .as("patience begins with the first refusal")
                .isEmpty();
        town.runs.refuse(null);
        moveOn();
        assertThat(town.runs.all().stream().map(RunRecord::goal)).containsExactly("one");
    }

    @Test
    void messageWhoseRunHasBegunIsNeverAnsweredAsRefused() {
        town.runs.refuse(HostException.of(RunError.RUN_QUEUE_FULL));
        town.say("one");
        town.store.loseAnswers(1);
        town.runs.refuse(null);
        town.clock.leap(TOO_LONG);
        moveOn();

        assertThat(town.bodies(EntryTypes.SESSION_ANSWER)).isEmpty();
        assertThat(town.find().activeRun()).contains("r1");
    }
}
