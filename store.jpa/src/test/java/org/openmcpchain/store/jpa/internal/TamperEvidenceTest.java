/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.JournalAudit.Report;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;

/**
 * Whatever is done to the tables of the journal is found, in the right stream, at the right entry, under its right name: a
 * thousand times for each way of doing it. The seed is printed; {@code -Dtamper.seed} repeats it.
 */
class TamperEvidenceTest {

    private static final int TIMES = Integer.getInteger("tamper.times", 1000);
    private static final long SEED = Long.getLong("tamper.seed", System.nanoTime());

    @TempDir
    private static Path directory;

    private static TamperedTables tables;

    private final Random random = new Random(SEED);
    private final Map<String, String> expected = new LinkedHashMap<>();

    @BeforeAll
    static void fill() throws SQLException {
        System.out.println("tamper.seed=" + SEED);
        tables = new TamperedTables(directory, SEED);
    }

    @AfterAll
    static void close() throws SQLException {
        tables.close();
    }

    @Test
    void findsNothingWrongWithWhatNobodyTouched() {
        Report report = tables.audit().verifyAll(progress -> {});

        assertThat(report.broken()).isEmpty();
        assertThat(report.intact()).isTrue();
        assertThat(report.entries()).isEqualTo(tables.rows.size());
        assertThat(report.checkpoint().orElseThrow().number()).isEqualTo(3);
    }

    @Test
    void findsAFlippedBit() throws SQLException {
        for (int done = 0; done < TIMES; ) {
            JournalEntry row = any();
            if (flip(row, random.nextInt(7))) {
                assertFound("flip in " + row.stream() + "/" + row.seq());
                done++;
            }
        }
    }

    /** Whether the database took it: a flipped key may be there already. */
    private boolean flip(JournalEntry row, int column) throws SQLException {
        long bit = 1L << random.nextInt(64);
        JournalEntry flipped =
                switch (column) {
                    case 0 -> new JournalEntry(
                            flip(row.stream()),
                            row.seq(),
                            row.at(),
                            row.type(),
                            row.body(),
                            row.previous(),
                            row.hash());
                    case 1 -> new JournalEntry(
                            row.stream(),
                            row.seq() ^ bit,
                            row.at(),
                            row.type(),
                            row.body(),
                            row.previous(),
                            row.hash());
                    case 2 -> with(
                            row,
                            Instant.ofEpochMilli(row.at().toEpochMilli() ^ bit),
                            row.type(),
                            row.body(),
                            row.previous(),
                            row.hash());
                    case 3 -> with(row, row.at(), flip(row.type()), row.body(), row.previous(), row.hash());
                    case 4 -> with(row, row.at(), row.type(), flip(row.body()), row.previous(), row.hash());
                    case 5 -> with(row, row.at(), row.type(), row.body(), flip(row.previous()), row.hash());
                    default -> with(row, row.at(), row.type(), row.body(), row.previous(), flip(row.hash()));
                };
        tables.delete(row);
        try {
            tables.insert(flipped);
        } catch (SQLException e) {
            tables.putBack();
            return false;
        }
        if (column == 0) {
            expectGone(row);
            expect(flipped.stream(), Damage.INSERTED, flipped.seq());
        } else {
            expect(row.stream(), column == 1 ? Damage.REORDERED : Damage.EDITED, row.seq());
        }
        return true;
    }

    @Test
    void findsADroppedRow() throws SQLException {
        for (int i = 0; i < TIMES; i++) {
            JournalEntry row = any();
            tables.delete(row);
            expectGone(row);
            assertFound("drop of " + row.stream() + "/" + row.seq());
        }
    }

    @Test
    void findsTwoSwappedRows() throws SQLException {
        for (int done = 0; done < TIMES; ) {
            JournalEntry one = any();
            JournalEntry other = random.nextBoolean() ? any() : anyOf(one.stream());
            if (swap(one, other, random.nextInt(3))) {
                assertFound("swap of " + one.stream() + "/" + one.seq() + " and " + other.stream() + "/" + other.seq());
                done++;
            }
        }
    }

    /** Whether they differ in what is swapped: everything but the place, what they say, or the body alone. */
    private boolean swap(JournalEntry one, JournalEntry other, int what) throws SQLException {
        JournalEntry first = swapped(one, other, what);
        if (first.equals(one)) {
            return false;
        }
        tables.delete(one);
        tables.delete(other);
        tables.insert(first);
        tables.insert(swapped(other, one, what));
        if (one.stream().equals(other.stream())) {
            expect(one.stream(), Damage.REORDERED, Math.min(one.seq(), other.seq()));
        } else {
            expect(one.stream(), Damage.REORDERED, one.seq());
            expect(other.stream(), Damage.REORDERED, other.seq());
        }
        return true;
    }

    private static JournalEntry swapped(JournalEntry place, JournalEntry content, int what) {
        return switch (what) {
            case 0 -> with(place, content.at(), content.type(), content.body(), content.previous(), content.hash());
            case 1 -> with(place, content.at(), content.type(), content.body(), place.previous(), place.hash());
            default -> with(place, place.at(), place.type(), content.body(), place.previous(), place.hash());
        };
    }

    @Test
    void findsACutTail() throws SQLException {
        for (int i = 0; i < TIMES; i++) {
            JournalEntry row = any();
            boolean hidden = random.nextBoolean();
            cut(row);
            if (hidden) {
                tables.hideInTheListOfStreams(row.stream());
            }
            assertFound("cut of " + row.stream() + " from " + row.seq() + (hidden ? ", hidden" : ""));
        }
    }

    @Test
    void findsThatTheEndOfTheWholeTableWasCut() throws SQLException {
        for (int i = 0; i < TIMES; i++) {
            boolean hidden = random.nextBoolean();
            List<JournalEntry> written = tables.rows.stream()
                    .filter(row -> !row.stream().equals("checkpoints"))
                    .toList();
            List<JournalEntry> gone = written.subList(random.nextInt(written.size()), written.size());
            Map<String, JournalEntry> firsts = new LinkedHashMap<>();
            gone.forEach(row -> firsts.putIfAbsent(row.stream(), row));
            for (JournalEntry first : firsts.values()) {
                cut(first);
            }
            if (hidden) {
                for (String stream : List.copyOf(expected.keySet())) {
                    tables.hideInTheListOfStreams(stream);
                }
            }
            assertFound("cut of the last " + gone.size() + (hidden ? ", hidden" : ""));
        }
    }

    @Test
    void findsThatTheDatabaseWasPutBackInTime() throws SQLException {
        tables.execute("delete from journal_entries where stream = 'checkpoints' and seq > 1");
        tables.hideInTheListOfStreams("checkpoints");
        expect("checkpoints", Damage.TRUNCATED, 2);
        assertFound("an older database beside a newer file");
    }

    private void cut(JournalEntry from) throws SQLException {
        tables.execute("delete from journal_entries where stream = ? and seq >= ?", from.stream(), from.seq());
        expect(from.stream(), from.seq() == 1 ? Damage.REMOVED : Damage.TRUNCATED, from.seq());
    }

    private void expectGone(JournalEntry row) {
        long length = tables.lengthOf(row.stream());
        Damage last = length == 1 ? Damage.REMOVED : Damage.TRUNCATED;
        expect(row.stream(), row.seq() == length ? last : Damage.DELETED, row.seq());
    }

    private void expect(String stream, Damage damage, long at) {
        expected.put(stream, damage + " at " + at);
    }

    private void assertFound(String what) throws SQLException {
        Report report = tables.audit().verifyAll(progress -> {});
        Map<String, String> found = new LinkedHashMap<>();
        for (JournalCheck check : report.broken()) {
            found.put(check.stream(), check.damage() + " at " + check.firstBroken());
        }
        tables.putBack();
        assertThat(found).as(what + ", seed " + SEED).isEqualTo(expected);
        assertThat(report.intact()).isFalse();
        expected.clear();
    }

    private JournalEntry any() {
        return tables.rows.get(random.nextInt(tables.rows.size()));
    }

    private JournalEntry anyOf(String stream) {
        List<JournalEntry> of = new ArrayList<>(tables.rows);
        of.removeIf(row -> !row.stream().equals(stream));
        return of.get(random.nextInt(of.size()));
    }

    private String flip(String text) {
        int at = random.nextInt(text.length());
        char flipped = (char) (text.charAt(at) ^ (1 << random.nextInt(7)));
        return text.substring(0, at) + flipped + text.substring(at + 1);
    }

    private static JournalEntry with(
            JournalEntry row, Instant at, String type, String body, String previous, String hash) {
        return new JournalEntry(row.stream(), row.seq(), at, type, body, previous, hash);
    }
}
