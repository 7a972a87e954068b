/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.HeadMoved;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.journal.Checkpoint;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.JournalAudit.Progress;
import org.openmcpchain.journal.JournalAudit.Report;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;

final class HostAuditTest {

    @TempDir
    private Path directory;

    private final HookedStore store = new HookedStore();
    private JournalFolder folder;
    private ShieldedReads reads;
    private HostJournal journal;
    private HostAudit audit;

    @BeforeEach
    void open() {
        folder = new JournalFolder(directory);
        start();
    }

    private void start() {
        reads = new ShieldedReads(store, folder);
        journal = new HostJournal(Settings.journal(), reads, Clock.systemUTC());
        audit = HostAudit.byCall(Duration.ofMinutes(1), journal, journal, reads, folder);
    }

    private void stop() {
        journal.close();
        reads.close();
    }

    @AfterEach
    void close() {
        stop();
    }

    @Test
    void eachCheckpointFollowsTheOneBefore() {
        append("host");
        append("run/a");
        Checkpoint first = audit.checkpoint();
        append("run/a");
        append("run/b");
        Checkpoint second = audit.checkpoint();

        assertThat(first.number()).isEqualTo(1);
        assertThat(first.previous()).isEqualTo(JournalEntry.ORIGIN);
        assertThat(first.streams()).isEqualTo(2);
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.previous()).isEqualTo(first.root());
        assertThat(second.streams()).isEqualTo(3);
        assertThat(second.entries()).isEqualTo(4);
        assertThat(audit.checkpoints(10)).containsExactly(second, first);
        assertThat(audit.checkpoints(1)).containsExactly(second);
        assertThatThrownBy(() -> audit.checkpoints(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(verify().broken()).isEmpty();
    }

    @Test
    void aCheckpointNamesOnlyWhatMovedSinceTheOneBefore() {
        append("host");
        append("run/a");
        audit.checkpoint();
        append("run/a");
        audit.checkpoint();

        List<JournalEntry> entries = journal.read("checkpoints", 0, 10);
        assertThat(entries.get(0).body()).contains("host 1 ", "run/a 1 ");
        assertThat(entries.get(1).body()).contains("run/a 2 ").doesNotContain("host 1 ");
    }

    @Test
    void whatMovedBeforeARestartIsInTheNextCheckpoint() {
        append("run/a");
        audit.checkpoint();
        append("run/a");
        stop();
        start();
        append("run/b");
        audit.checkpoint();

        assertThat(journal.head("checkpoints").orElseThrow().body()).contains("run/a 2 ", "run/b 1 ");
        assertThat(verify().broken()).isEmpty();
    }

    @Test
    void manyStreamsMakeACheckpointOfSeveralEntries() {
        for (int i = 0; i < 4500; i++) {
            append("run/" + i);
        }
        Checkpoint checkpoint = audit.checkpoint();
        append("run/0");
        Checkpoint next = audit.checkpoint();

        assertThat(journal.head("checkpoints").orElseThrow().seq()).isEqualTo(4);
        assertThat(checkpoint.streams()).isEqualTo(4500);
        assertThat(audit.checkpoints(10)).containsExactly(next, checkpoint);
        List<Progress> seen = new ArrayList<>();
        Report report = audit.verifyAll(seen::add);
        assertThat(report.broken()).isEmpty();
        assertThat(report.streams()).isEqualTo(4501);
        assertThat(seen).isNotEmpty().allMatch(progress -> progress.streams() <= progress.of());
    }

    @Test
    void aLineThatACrashLeftOutIsWrittenLater() throws IOException {
        append("host");
        Checkpoint first = audit.checkpoint();
        Files.delete(folder.checkpoints());
        assertThat(verify().broken()).extracting(JournalCheck::damage).containsExactly(Damage.TRUNCATED);

        audit.mendFile();

        assertThat(verify().broken()).isEmpty();
        assertThat(Files.readString(folder.checkpoints())).contains(first.root());
    }

    @Test
    void aLineThatACrashLeftUnfinishedIsReplaced() throws IOException {
        append("host");
        audit.checkpoint();
        Files.writeString(folder.checkpoints(), "{\"at\":\"2026", StandardOpenOption.APPEND);
        append("host");
        audit.checkpoint();

        assertThat(Files.readAllLines(folder.checkpoints())).hasSize(2);
        assertThat(verify().broken()).isEmpty();
    }

    @Test
    void aFileThatSaysOtherwiseShows() throws IOException {
        append("host");
        Checkpoint first = audit.checkpoint();
        append("host");
        audit.checkpoint();
        String lines = Files.readString(folder.checkpoints());
        Files.writeString(folder.checkpoints(), lines.replaceFirst(first.root(), "0".repeat(64)));

        assertThat(verify().broken()).singleElement().satisfies(check -> {
            assertThat(check.stream()).isEqualTo("checkpoints");
            assertThat(check.damage()).isEqualTo(Damage.EDITED);
            assertThat(check.firstBroken()).isEqualTo(1);
        });
        Files.writeString(folder.checkpoints(), "nonsense\n" + lines);
        assertThat(verify().broken()).extracting(JournalCheck::damage).containsExactly(Damage.EDITED);
    }

    @Test
    void aForgedTailShowsByTheCheckpoint() {
        append("run/a");
        append("run/a");
        audit.checkpoint();
        JournalEntry first = journal.read("run/a", 0, 1).get(0);
        String body = "{\"forged\":true}";
        String hash = JournalEntry.hashOf("run/a", 2, first.at(), "test.entry", body, first.hash());
        JournalEntry forged = new JournalEntry("run/a", 2, first.at(), "test.entry", body, first.hash(), hash);
        store.read = entries -> entries.stream()
                .map(entry -> is(entry, "run/a", 2) ? forged : entry)
                .toList();
        List<StoreChange> head = List.of(new HeadMoved(new StreamHead("run/a", 2, hash, false, 1, Optional.empty())));
        store.rows.commit(head);
        stop();
        start();

        assertThat(journal.verify("run/a").intact()).isTrue();
        assertThat(verify().broken()).singleElement().satisfies(check -> {
            assertThat(check.stream()).isEqualTo("run/a");
            assertThat(check.damage()).isEqualTo(Damage.EDITED);
            assertThat(check.firstBroken()).isEqualTo(2);
            assertThat(check.detail()).contains("checkpoint");
        });
    }

    @Test
    void aStreamThatNobodyListsShows() {
        append("host");
        String hash = JournalEntry.hashOf("run/x", 1, Instant.EPOCH, "t", "{}", JournalEntry.ORIGIN);
        HookedStore other = store;
        audit.checkpoint();
        other.rows.commit(List.of(
                new EntryAppended(new JournalEntry("run/x", 1, Instant.EPOCH, "t", "{}", JournalEntry.ORIGIN, hash))));

        assertThat(verify().broken())
                .extracting(JournalCheck::stream, JournalCheck::damage)
                .containsExactly(tuple("run/x", Damage.INSERTED));
    }

    @Test
    void itsLastActIsACheckpoint() {
        append("host");
        audit.close();
        assertThat(audit.checkpoints(10)).hasSize(1);

        audit = HostAudit.byCall(Duration.ofMinutes(1), journal, journal, reads, folder);
        audit.close();
        assertThat(audit.checkpoints(10)).as("nothing moved since").hasSize(1);
    }

    private Report verify() {
        return audit.verifyAll(progress -> {});
    }

    private static boolean is(JournalEntry entry, String stream, long seq) {
        return entry.stream().equals(stream) && entry.seq() == seq;
    }

    private void append(String stream) {
        journal.append(stream, "test.entry", Map.of("n", 1));
    }
}
