/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.run.internal.Codes.assertCode;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.contract.Rows;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.RunState;

final class StreamWalkTest {

    private static final String STREAM = "run/r1";

    private final HookedStore store = new HookedStore();
    private final ShieldedReads reads = ShieldedReads.of(store);
    private HostJournal journal = new HostJournal(Settings.journal(), reads, Clock.systemUTC());

    @BeforeEach
    void fill() {
        for (int i = 0; i < 250; i++) {
            journal.append(STREAM, "test.entry", Map.of("n", i));
        }
    }

    @AfterEach
    void close() {
        journal.close();
        reads.close();
    }

    @Test
    void findsNothingWrongWithAnUntouchedStream() {
        JournalCheck check = journal.verify(STREAM);

        assertThat(check.intact()).isTrue();
        assertThat(check.entries()).isEqualTo(250);
        assertThat(check.firstBroken()).isZero();
        assertThat(check.headHash())
                .isEqualTo(journal.head(STREAM).orElseThrow().hash());
    }

    @Test
    void findsAnEditedBody() {
        assertBroken(
                Damage.EDITED,
                120,
                list -> replace(list, 120, e -> with(e, e.seq(), "{\"n\":\"999\"}", e.previous(), e.hash())));
    }

    @Test
    void findsAnEditWhoseHashWasMadeAnew() {
        assertBroken(
                Damage.EDITED,
                120,
                list -> replace(list, 120, e -> {
                    String body = "{\"n\":\"999\"}";
                    String hash = JournalEntry.hashOf(e.stream(), e.seq(), e.at(), e.type(), body, e.previous());
                    return with(e, e.seq(), body, e.previous(), hash);
                }));
    }

    @Test
    void findsABodyThatIsNotCanonical() {
        assertBroken(Damage.EDITED, 5, list -> replace(list, 5, e -> with(e, e.seq(), "{ }", e.previous(), e.hash())));
        assertBroken(Damage.EDITED, 6, list -> replace(list, 6, e -> with(e, e.seq(), "{", e.previous(), e.hash())));
    }

    @Test
    void findsADeletedEntry() {
        assertBroken(Damage.DELETED, 100, list -> {
            list.remove(99);
            return list;
        });
    }

    @Test
    void findsADeletedEntryWhoseNumberWasClosedUp() {
        assertBroken(Damage.DELETED, 100, list -> {
            list.remove(99);
            List<JournalEntry> renumbered = new ArrayList<>(list.subList(0, 99));
            list.subList(99, list.size())
                    .forEach(e -> renumbered.add(with(e, e.seq() - 1, e.body(), e.previous(), e.hash())));
            return renumbered;
        });
    }

    @Test
    void findsExchangedEntries() {
        assertBroken(Damage.REORDERED, 10, list -> {
            JournalEntry ninth = list.get(9);
            JournalEntry tenth = list.get(10);
            list.set(9, with(tenth, 10, tenth.body(), tenth.previous(), tenth.hash()));
            list.set(10, with(ninth, 11, ninth.body(), ninth.previous(), ninth.hash()));
            return list;
        });
        assertBroken(Damage.DELETED, 10, list -> {
            Collections.swap(list, 9, 10);
            return list;
        });
    }

    @Test
    void findsAnEntryOfAnotherStream() {
        assertBroken(
                Damage.EDITED,
                1,
                list -> replace(
                        list,
                        1,
                        e -> new JournalEntry("run/r2", e.seq(), e.at(), e.type(), e.body(), e.previous(), e.hash())));
    }

    @Test
    void findsThatTheEndWasCutOffWhileItRemembersTheEnd() {
        assertBroken(Damage.TRUNCATED, 201, list -> list.subList(0, 200));
        assertBroken(Damage.REMOVED, 1, list -> List.of());
    }

    @Test
    void findsThatTheEndOfAnEndedRunWasCutOff() {
        journal.close();
        store.commit(List.of(new RunSaved(Rows.run("r1", 1, RunState.SUCCEEDED))));
        journal = new HostJournal(Settings.journal(), reads, Clock.systemUTC());

        JournalCheck check = journal.verify(STREAM);
        assertThat(check.intact()).isFalse();
        assertThat(check.firstBroken()).isEqualTo(251);
    }

    @Test
    void knowsNoStreamWithoutEntries() {
        assertCode(JournalError.STREAM_UNKNOWN, () -> journal.verify("run/none"));
    }

    private void assertBroken(Damage damage, long at, UnaryOperator<List<JournalEntry>> tampering) {
        store.read = entries -> tampering.apply(new ArrayList<>(entries));
        JournalCheck check = journal.verify(STREAM);
        store.read = entries -> entries;

        assertThat(check.intact()).isFalse();
        assertThat(check.damage()).isEqualTo(damage);
        assertThat(check.firstBroken()).isEqualTo(at);
        assertThat(check.detail()).isNotBlank();
    }

    private static List<JournalEntry> replace(List<JournalEntry> list, int seq, UnaryOperator<JournalEntry> edit) {
        list.set(seq - 1, edit.apply(list.get(seq - 1)));
        return list;
    }

    private static JournalEntry with(JournalEntry entry, long seq, String body, String previous, String hash) {
        return new JournalEntry(entry.stream(), seq, entry.at(), entry.type(), body, previous, hash);
    }
}
