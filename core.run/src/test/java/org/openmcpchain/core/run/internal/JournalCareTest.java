/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.run.internal.Codes.assertCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentRemoved;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.StoreChange.StreamArchived;
import org.openmcpchain.core.run.StoreChange.TransactionSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.core.run.contract.Rows;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.JournalCare.Compaction;
import org.openmcpchain.journal.JournalCare.Snapshot;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.RunState;

final class JournalCareTest {

    private static final Instant LATER = Rows.START.plus(Duration.ofDays(400));

    @TempDir
    private Path directory;

    private final HookedStore store = new HookedStore();
    private JournalFolder folder;
    private ShieldedReads reads;
    private HostJournal journal;
    private HostCare care;

    @BeforeEach
    void open() {
        folder = new JournalFolder(directory);
        reads = new ShieldedReads(store, folder);
        journal = new HostJournal(Settings.journal(), reads, Clock.systemUTC());
        care = new HostCare(Settings.care("P30D", "P7D", "P1D", 2), journal, journal, reads, folder);
    }

    @AfterEach
    void close() {
        care.close();
        journal.close();
        reads.close();
    }

    @Test
    void whatIsArchivedIsReadAndVerifiedAsBefore() {
        endedRun("r1", 1);
        endedRun("r2", 2);
        journal.append("run/r3", "test.entry", Map.of("n", 1));
        List<JournalEntry> before = journal.read("run/r1", 0, 1000);

        Compaction done = care.compact(LATER, "alice");

        assertThat(done.runs()).isEqualTo(2);
        assertThat(done.entries()).isEqualTo(before.size() * 2L);
        assertThat(store.rows.entries("run/r1", 0, 10)).isEmpty();
        assertThat(journal.read("run/r1", 0, 1000)).isEqualTo(before);
        assertThat(journal.read("run/r1", 2, 1)).containsExactly(before.get(2));
        assertThat(journal.head("run/r1")).contains(before.get(before.size() - 1));
        assertThat(journal.streams("", 10)).containsExactly("host", "run/r1", "run/r2", "run/r3");
        assertThat(journal.verify("run/r1").intact()).isTrue();
        assertThat(journal.verify("run/r1").entries()).isEqualTo(before.size());
        assertThat(journal.verify("run/r3").intact()).isTrue();
        assertCode(JournalError.STREAM_ENDED, () -> journal.append("run/r1", "test.entry", Map.of()));
        JournalEntry said = journal.head("host").orElseThrow();
        assertThat(said.type()).isEqualTo("journal.compacted");
        assertThat(said.body()).contains(done.archive(), done.sha256(), "\"runs\":\"2\"", "alice");
        assertThat(care.compact(LATER, "alice")).isEqualTo(new Compaction(0, 0, "", ""));
    }

    @Test
    void theArchiveIsAsItsDigestSays() throws IOException {
        endedRun("r1", 1);

        Compaction done = care.compact(LATER, "alice");

        assertThat(NewFile.sha256(folder.archives().resolve(done.archive()))).isEqualTo(done.sha256());
    }

    @Test
    void runsThatEndedLaterStay() {
        endedRun("r1", 1);
        endedRun("r2", 500);

        assertThat(care.compact(Rows.START.plus(Duration.ofMinutes(100)), "alice")
                        .runs())
                .isEqualTo(1);
        assertThat(store.rows.entries("run/r2", 0, 10)).isNotEmpty();
    }

    @Test
    void aStreamThatIsNotWholeIsNotArchived() {
        endedRun("r1", 1);
        endedRun("r2", 2);
        store.read = entries -> entries.stream()
                .filter(entry -> !entry.stream().equals("run/r1") || entry.seq() != 2)
                .toList();

        assertThat(care.compact(LATER, "alice").runs()).isEqualTo(1);
        assertThat(store.rows.entries("run/r1", 0, 10)).hasSize(4);
    }

    @Test
    void aKillBetweenTheFileAndTheRowsLosesNothingAndIsRepeated() throws IOException {
        endedRun("r1", 1);
        List<JournalEntry> before = journal.read("run/r1", 0, 1000);
        store.before = changes -> {
            if (changes.stream().anyMatch(StreamArchived.class::isInstance)) {
                throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
            }
        };
        assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> care.compact(LATER, "alice"));
        store.before = changes -> {};
        assertThat(filesIn(folder.archives())).hasSize(1);
        assertThat(journal.read("run/r1", 0, 1000)).isEqualTo(before);

        Compaction done = care.compact(LATER, "alice");

        assertThat(filesIn(folder.archives())).containsExactly(done.archive());
        assertThat(journal.read("run/r1", 0, 1000)).isEqualTo(before);
        assertThat(journal.verify("run/r1").intact()).isTrue();
    }

    @Test
    void aKillBetweenTheRowsAndTheNameOfTheFileLosesNothing() throws IOException {
        endedRun("r1", 1);
        List<JournalEntry> before = journal.read("run/r1", 0, 1000);
        Compaction done = care.compact(LATER, "alice");
        Path file = folder.archives().resolve(done.archive());
        Files.move(file, folder.archives().resolve(done.archive() + Archives.PART));

        assertThat(journal.read("run/r1", 0, 1000)).isEqualTo(before);
        care.compact(LATER, "alice");

        assertThat(file).exists();
        assertThat(journal.read("run/r1", 0, 1000)).isEqualTo(before);
    }

    @Test
    void aDamagedArchiveShows() throws IOException {
        endedRun("r1", 1);
        endedRun("r2", 2);
        Compaction done = care.compact(LATER, "alice");
        Path file = folder.archives().resolve(done.archive());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 4] ^= 1;
        Files.write(file, bytes);

        assertThat(journal.verify("run/r1").intact()).isFalse();
        assertThat(journal.verify("run/r1").damage()).isEqualTo(Damage.EDITED);
        assertThat(journal.verify("run/r2").intact()).isTrue();
        Files.delete(file);
        assertThat(journal.verify("run/r2").damage()).isEqualTo(Damage.REMOVED);
        assertCode(JournalError.JOURNAL_BROKEN, () -> journal.read("run/r1", 0, 10));
    }

    @Test
    void aSnapshotBringsEveryRowBack() {
        fillWithEverything();
        Snapshot full = care.snapshot(true, "alice");
        journal.append("run/r9", "test.entry", Map.of("n", 2));
        write(
                new DocumentSaved(new StoredDocument("things", "b", "{\"x\":\"2\"}", Rows.START)),
                new DocumentRemoved("things", "a"));
        Snapshot next = care.snapshot(false, "alice");

        assertThat(next.base()).isEqualTo(full.id());
        assertThat(next.rows()).isLessThan(full.rows());
        assertThat(next.bytes()).isLessThan(full.bytes());
        assertThat(care.snapshots()).extracting(Snapshot::id).containsExactly(next.id(), full.id());
        assertThat(care.verify(next.id())).isEqualTo(next);
        List<StoreChange> then = new ArrayList<>();
        store.copy(then::add);
        MemoryRunStore fresh = new MemoryRunStore(1000);
        new Restoration(Settings.restore(next.id()), fresh, folder);
        List<StoreChange> back = new ArrayList<>();
        fresh.copy(back::add);
        // The entry that says that the snapshot was taken came behind it.
        then.removeIf(row -> isOfHost(row));
        back.removeIf(row -> isOfHost(row));
        assertThat(back).isEqualTo(then);
        assertThat(fresh.document("things", "a")).isEmpty();
        assertThat(fresh.entries("host", 0, 100))
                .anyMatch(entry ->
                        entry.body().contains(full.id()) && entry.body().contains(full.stateHash()));
    }

    private static boolean isOfHost(StoreChange row) {
        return row instanceof StoreChange.HeadMoved moved
                        && moved.head().stream().equals("host")
                || row instanceof StoreChange.EntryAppended entry
                        && entry.entry().stream().equals("host");
    }

    @Test
    void theJournalGoesOnBehindWhatCameBack() {
        fillWithEverything();
        HostAudit audit = HostAudit.byCall(Duration.ofMinutes(1), journal, journal, reads, folder);
        audit.checkpoint();
        String id = care.snapshot(true, "alice").id();
        MemoryRunStore fresh = new MemoryRunStore(1000);
        new Restoration(Settings.restore(id), fresh, folder);

        ShieldedReads after = new ShieldedReads(fresh, folder);
        HostJournal again = new HostJournal(Settings.journal(), after, Clock.systemUTC());
        HostAudit auditAgain = HostAudit.byCall(Duration.ofMinutes(1), again, again, after, folder);
        again.append("host", "test.entry", Map.of());
        assertThat(auditAgain.checkpoint().number()).isEqualTo(2);
        assertThat(auditAgain.verifyAll(progress -> {}).broken()).isEmpty();
        again.close();
        after.close();
    }

    @Test
    void aDatabaseWithRowsIsLeftAlone() {
        fillWithEverything();
        String id = care.snapshot(true, "alice").id();
        MemoryRunStore other = new MemoryRunStore(1000);
        other.commit(List.of(new DocumentSaved(new StoredDocument("things", "z", "{}", Rows.START))));

        new Restoration(Settings.restore(id), other, folder);

        assertThat(other.run("r1")).isEmpty();
        assertThat(other.document("things", "z")).isPresent();
    }

    @Test
    void aSnapshotThatWasChangedIsRefused() throws IOException {
        fillWithEverything();
        String id = care.snapshot(true, "alice").id();
        Path rows = folder.snapshots().resolve(id + ".jsonl.gz");
        byte[] bytes = Files.readAllBytes(rows);
        bytes[bytes.length / 2] ^= 1;
        Files.write(rows, bytes);

        assertCode(JournalError.SNAPSHOT_BROKEN, () -> care.verify(id));
        MemoryRunStore fresh = new MemoryRunStore(1000);
        assertCode(JournalError.SNAPSHOT_BROKEN, () -> new Restoration(Settings.restore(id), fresh, folder));
        assertThat(fresh.isEmpty()).isTrue();
        assertCode(JournalError.SNAPSHOT_UNKNOWN, () -> care.verify("20260101T000000.000Z-full"));
        assertCode(JournalError.SNAPSHOT_UNKNOWN, () -> care.verify("../../etc/passwd"));
    }

    @Test
    void aSnapshotWithAForgedHeadIsKnownFromTheJournal() throws IOException {
        fillWithEverything();
        String id = care.snapshot(true, "alice").id();
        Path head = folder.snapshots().resolve(id + ".json");
        Path rows = folder.snapshots().resolve(id + ".jsonl.gz");
        MemoryRunStore forged = new MemoryRunStore(10);
        Path elsewhere = directory.resolve("elsewhere");
        SnapshotFiles files = new SnapshotFiles(new JournalFolder(elsewhere));
        String other = new SnapshotWriter(forged, files, () -> false)
                .write(List.of())
                .snapshot()
                .id();
        Files.copy(files.rows(other), rows, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(elsewhere.resolve("snapshots").resolve(other + ".json"), head, StandardCopyOption.REPLACE_EXISTING);

        assertCode(JournalError.SNAPSHOT_BROKEN, () -> care.verify(id));
    }

    @Test
    void aRestoreThatWasCutShortKeepsTheHostShut() {
        fillWithEverything();
        String id = care.snapshot(true, "alice").id();
        HookedStore fresh = new HookedStore();
        fresh.before = changes -> {
            if (changes.stream().anyMatch(RunSaved.class::isInstance)) {
                throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
            }
        };
        assertThatThrownBy(() -> new Restoration(Settings.restore(id), fresh, folder))
                .isInstanceOf(HostException.class);
        fresh.before = changes -> {};

        assertCode(JournalError.SNAPSHOT_BROKEN, () -> new Restoration(Settings.restore(id), fresh, folder));
        assertCode(JournalError.SNAPSHOT_BROKEN, () -> new Restoration(Settings.restore(""), fresh, folder));
    }

    @Test
    void doesWhatIsDueAndDeletesWhatIsOld() throws IOException {
        Instant now = Instant.now();
        endedRun("r1", (int) Duration.between(Rows.START, now).toMinutes());
        care.lookAt(now);
        assertThat(care.snapshots()).hasSize(1);
        assertThat(store.rows.entries("run/r1", 0, 10)).isNotEmpty().as("it ended less than 30 days ago");
        care.lookAt(now.plus(Duration.ofHours(1)));
        assertThat(care.snapshots()).hasSize(1);
        care.lookAt(now.plus(Duration.ofDays(2)));
        assertThat(care.snapshots()).hasSize(2);
        assertThat(care.snapshots().get(0).base()).isNotEmpty();
        care.lookAt(now.plus(Duration.ofDays(3650)));
        assertThat(store.rows.entries("run/r1", 0, 10)).isEmpty();
        assertThat(care.snapshots()).hasSize(3);
        care.snapshot(true, "alice");
        assertThat(care.snapshots()).hasSize(2).allMatch(snapshot -> snapshot.base()
                .isEmpty());
    }

    @Test
    void whatACrashLeftOfASnapshotIsTakenAway() throws IOException {
        fillWithEverything();
        Files.createDirectories(folder.snapshots());
        Files.writeString(folder.snapshots().resolve("20260101T000000.000Z-full.jsonl.gz"), "half");
        Files.writeString(folder.snapshots().resolve("20260101T000000.000Z-full.jsonl.gz.part"), "half");
        assertThat(care.snapshots()).isEmpty();

        String id = care.snapshot(false, "alice").id();

        assertThat(filesIn(folder.snapshots())).containsExactlyInAnyOrder(id + ".jsonl.gz", id + ".json");
    }

    private void fillWithEverything() {
        endedRun("r1", 1);
        journal.append("run/r9", "test.entry", Map.of("n", 1, "text", "½ ✓ 🦊\n"));
        write(
                new RunSaved(Rows.run("r9", Optional.of("c1"), "goal 🦊", 9, RunState.RUNNING)),
                new TransactionSaved(Rows.transaction("k1", "0xabc", 1, TransactionState.SIGNED)),
                new DocumentSaved(new StoredDocument("things", "a", "{\"x\":\"1\"}", Rows.START)));
        for (int i = 0; i < 100; i++) {
            journal.append("session/s", "test.entry", Map.of("n", i));
        }
    }

    private void write(StoreChange... rows) {
        journal.write(List.of(new EntryDraft("host", "test.rows", Map.of())), List.of(rows));
    }

    private void endedRun(String id, int minute) {
        String stream = "run/" + id;
        for (int i = 0; i < 3; i++) {
            journal.append(stream, "test.entry", Map.of("n", i));
        }
        Instant end = Rows.START.plus(Duration.ofMinutes(minute));
        journal.write(
                List.of(new EntryDraft(stream, "run.ended", Map.of("state", "FAILED"))),
                List.of(
                        new RunSaved(Rows.run(id, minute, RunState.RUNNING)
                                .ended(RunEnding.failed("RUN_INTERNAL", "x"), end, "ab".repeat(32))),
                        new ReceiptSaved(new Receipt(id, "ab".repeat(32), "cd".repeat(32), "{}"))));
    }

    private static List<String> filesIn(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
