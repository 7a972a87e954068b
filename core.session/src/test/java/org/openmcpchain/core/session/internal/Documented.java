/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openmcpchain.core.run.internal.HostJournal;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;
import org.openmcpchain.session.MessageMode;

/** What docs/guide/sessions.md says of order and count, checked against a session's stream and all runs. */
final class Documented {

    private final HostJournal journal;
    private final SessionJournal sessions;
    private final List<? extends Run> runs;

    /** @param runs every run of the session, oldest first */
    Documented(HostJournal journal, List<? extends Run> runs) {
        this.journal = journal;
        this.sessions = new SessionJournal(journal, journal, Clock.systemUTC());
        this.runs = runs;
    }

    /** After one message, then fifty more in a mode. */
    void check(MessageMode mode, Hands hands) {
        Map<Long, String> said = everyMessageIsThereOnce(hands);
        if (mode != MessageMode.REFUSE) {
            assertThat(said).hasSize(Hands.COUNT + 1);
        }
        assertThat(hands.numbers().size() + hands.refused()).isEqualTo(Hands.COUNT);
        eachHandIsInOrder(said);
        theStreamAndTheDocumentSayTheSame();
        turnsAreAsDocumented(mode, said);
    }

    private List<JournalEntry> entries() {
        List<JournalEntry> all = new ArrayList<>();
        List<JournalEntry> page = sessions.entries(Town.KEY, 0);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = sessions.entries(Town.KEY, page.get(page.size() - 1).seq());
        }
        return all;
    }

    private Map<Long, String> everyMessageIsThereOnce(Hands hands) {
        Map<Long, String> said = new TreeMap<>();
        for (JournalEntry entry : entries()) {
            if (entry.type().equals(EntryTypes.SESSION_MESSAGE)) {
                Entry body = Entry.of(entry.body());
                assertThat(said.put(body.number("message"), body.text("text"))).isNull();
            }
        }
        assertThat(said.values()).doesNotHaveDuplicates();
        hands.numbers().forEach((text, number) -> assertThat(said).containsEntry(number, text));
        assertThat(said.keySet().stream().mapToLong(Long::longValue).max()).hasValue(said.size());
        return said;
    }

    private static void eachHandIsInOrder(Map<Long, String> said) {
        for (int hand = 0; hand < Hands.HANDS; hand++) {
            String prefix = "hand-" + hand + "-";
            assertThat(said.values().stream().filter(text -> text.startsWith(prefix)))
                    .isSorted();
        }
    }

    private void theStreamAndTheDocumentSayTheSame() {
        assertThat(sessions.rebuild(Town.KEY).orElseThrow())
                .usingRecursiveComparison()
                .ignoringFields("createdAt", "updatedAt")
                .isEqualTo(sessions.load(Town.KEY).orElseThrow());
    }

    private void turnsAreAsDocumented(MessageMode mode, Map<Long, String> said) {
        List<Long> began = new ArrayList<>();
        Map<String, List<Long>> goals = new HashMap<>();
        Set<Long> steered = new HashSet<>();
        Set<Long> returned = new HashSet<>();
        for (JournalEntry entry : entries()) {
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
        everyRunIsATurn(goals, said);
        if (mode == MessageMode.STEER) {
            assertThat(steered).isNotEmpty();
            everySignalIsNoted(steered.size());
        } else {
            assertThat(steered).isEmpty();
        }
        if (mode != MessageMode.STEER && mode != MessageMode.COLLECT) {
            assertThat(runs).hasSize(said.size());
        }
        runsEndedWell(mode);
    }

    private void runsEndedWell(MessageMode mode) {
        if (mode == MessageMode.INTERRUPT) {
            assertThat(runs.get(runs.size() - 1).state())
                    .as("the last one wins")
                    .isEqualTo(RunState.SUCCEEDED);
            assertThat(runs).allMatch(run -> run.state() == RunState.SUCCEEDED || run.state() == RunState.CANCELLED);
        } else {
            assertThat(runs).allMatch(run -> run.state() == RunState.SUCCEEDED);
        }
    }

    private void everyRunIsATurn(Map<String, List<Long>> goals, Map<Long, String> said) {
        assertThat(runs.stream().map(Run::id)).containsExactlyInAnyOrderElementsOf(goals.keySet());
        for (Run run : runs) {
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

    private void everySignalIsNoted(int steered) {
        long signals = runs.stream()
                .flatMap(run -> journal.read(run.stream(), 0, 1000).stream())
                .filter(entry -> entry.type().equals(EntryTypes.RUN_STEERED))
                .count();
        assertThat(signals).isEqualTo(steered);
    }
}
