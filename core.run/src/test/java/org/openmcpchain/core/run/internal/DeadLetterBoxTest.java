/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Codes.assertCode;
import static org.openmcpchain.core.run.internal.Host.success;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.Submission;

@Timeout(60)
final class DeadLetterBoxTest {

    private final FakeClock clock = new FakeClock();
    private final Host host = new Host(new HookedStore(), Settings.engine(2, 100, "PT1M", "PT0.4S", 0, 0), clock);
    private final DeadLetterBox letters = new DeadLetterBox(host.engine, host.journal, host.reads, clock);

    @BeforeEach
    void failForAReasonThatMayPass() {
        host.with(session -> {
            throw HostException.of(InferenceError.INFERENCE_FAILED, "detail", "no answer");
        });
    }

    @AfterEach
    void close() {
        host.close();
    }

    private Run givenUp(String goal) {
        clock.advance(Duration.ofSeconds(1));
        return host.awaitState(host.submit(goal).id(), RunState.FAILED);
    }

    @Test
    void tellsWhatWasGivenUpAndWhy() {
        Run run = givenUp("price of ETH");

        DeadLetter letter = letters.find(run.id()).orElseThrow();

        assertThat(letter.goal()).isEqualTo("price of ETH");
        assertThat(letter.principal()).isEqualTo("alice");
        assertThat(letter.errorCode()).isEqualTo("INFERENCE_FAILED");
        assertThat(letter.errorDetail()).contains("no answer");
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.at()).isEqualTo(run.endedAt().orElseThrow());
        assertThat(letter.state()).isEqualTo(DeadLetter.State.OPEN);
        assertThat(letter.replayedAs()).isEmpty();
    }

    @Test
    void listsTheNewestFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, givenUp("goal " + i).id());
        }
        letters.discard(ids.get(0), "bob", "old");

        Page<DeadLetter> open = letters.list(Set.of(DeadLetter.State.OPEN), 1, 2);
        assertThat(open.items()).extracting(DeadLetter::id).containsExactly(ids.get(2), ids.get(3));
        assertThat(open.total()).isEqualTo(4);
        assertThat(open.nextOffset()).hasValue(3);
        assertThat(letters.list(Set.of(), 0, 200).items())
                .extracting(DeadLetter::id)
                .isEqualTo(ids);
        assertThat(letters.list(Set.of(), 9, 9).items()).isEmpty();
        assertThatThrownBy(() -> letters.list(Set.of(), -1, 9)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void replayingTwiceGivesTheSameRun() {
        Run run = givenUp("goal");
        host.with(session -> success("done"));

        Submission first = letters.replay(run.id(), "bob");
        Submission second = letters.replay(run.id(), "carol");

        assertThat(first.created()).isTrue();
        assertThat(second.created()).isFalse();
        assertThat(second.run().id()).isEqualTo(first.run().id()).isNotEqualTo(run.id());
        Run again = host.awaitState(first.run().id(), RunState.SUCCEEDED);
        assertThat(again.goal()).isEqualTo("goal");
        assertThat(again.principal()).isEqualTo("alice");
        DeadLetter letter = letters.find(run.id()).orElseThrow();
        assertThat(letter.state()).isEqualTo(DeadLetter.State.REPLAYED);
        assertThat(letter.replayedAs()).contains(again.id());
        List<JournalEntry> closed = host.journal.read("host", 0, 100).stream()
                .filter(entry -> entry.type().equals(EntryTypes.DEAD_LETTER_CLOSED))
                .toList();
        assertThat(closed).hasSize(1);
        assertThat(closed.get(0).body()).contains("bob", again.id(), "REPLAYED");
        assertCode(RunError.DEAD_LETTER_CLOSED, () -> letters.discard(run.id(), "bob", "too late"));
    }

    @Test
    void aReplayThatWasCutOffBeforeTheLetterWasClosedIsNoSecondRun() {
        Run run = givenUp("goal");
        host.store.before = changes -> {
            if (changes.toString().contains(EntryTypes.DEAD_LETTER_CLOSED)) {
                throw new IllegalStateException("disk full");
            }
        };
        assertThatThrownBy(() -> letters.replay(run.id(), "bob")).isInstanceOf(HostException.class);
        host.store.before = changes -> {};

        assertThat(letters.replay(run.id(), "bob").created()).isFalse();
        assertThat(host.engine.stats().total()).isEqualTo(2);
    }

    @Test
    void aReplayThatIsGivenUpHasALetterOfItsOwn() {
        Run run = givenUp("goal");
        String again = letters.replay(run.id(), "bob").run().id();
        host.awaitState(again, RunState.FAILED);
        await().until(() -> letters.find(again).isPresent());
        assertThat(letters.list(Set.of(DeadLetter.State.OPEN), 0, 9).items())
                .extracting(DeadLetter::id)
                .containsExactly(again);
    }

    @Test
    void whatWasDiscardedStaysSo() {
        Run run = givenUp("goal");

        assertThat(letters.discard(run.id(), "bob", "not needed").state()).isEqualTo(DeadLetter.State.DISCARDED);

        assertCode(RunError.DEAD_LETTER_CLOSED, () -> letters.replay(run.id(), "bob"));
        assertCode(RunError.DEAD_LETTER_CLOSED, () -> letters.discard(run.id(), "bob", "again"));
        assertThat(host.journal.head("host").orElseThrow().body()).contains("bob", "not needed", "DISCARDED");
        assertThat(host.engine.stats().total()).isEqualTo(1);
    }

    @Test
    void knowsNothingOfOtherRuns() {
        assertThat(letters.find("nobody")).isEmpty();
        assertThat(letters.find("")).isEmpty();
        assertThat(letters.find("x".repeat(100_000))).isEmpty();
        assertCode(RunError.DEAD_LETTER_UNKNOWN, () -> letters.replay("nobody", "bob"));
        assertCode(RunError.DEAD_LETTER_UNKNOWN, () -> letters.discard("nobody", "bob", ""));
    }
}
