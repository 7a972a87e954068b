/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openmcpchain.core.run.internal.HostAudit;
import org.openmcpchain.core.run.internal.HostJournal;
import org.openmcpchain.core.run.internal.JournalFolder;
import org.openmcpchain.core.run.internal.JournalSettings;
import org.openmcpchain.core.run.internal.ShieldedReads;
import org.openmcpchain.journal.JournalAudit;
import org.openmcpchain.journal.JournalEntry;

/** A journal on real tables of H2, and a hand in these tables that leaves no trace when it is put back. */
final class TamperedTables implements AutoCloseable {

    /** Rows, in the order in which they were written. */
    final List<JournalEntry> rows = new ArrayList<>();

    private final OpenStore open;
    private final ShieldedReads reads;
    private final HostJournal journal;
    private final HostAudit audit;
    private final Connection connection;

    TamperedTables(Path directory, long seed) throws SQLException {
        open = OpenStore.h2(directory);
        JournalFolder folder = new JournalFolder(directory.resolve("journal"));
        fill(folder, new Random(seed));
        // A journal that has just started: it remembers nothing of what was written.
        reads = new ShieldedReads(open.store(), folder);
        journal = new HostJournal(settings(), reads);
        audit = HostAudit.byCall(Duration.ofMinutes(1), journal, journal, reads, folder);
        connection = open.dataSource().getConnection();
        execute("create table kept_entries as select * from journal_entries");
        execute("create table kept_streams as select * from journal_streams");
    }

    private void fill(JournalFolder folder, Random random) {
        ShieldedReads first = new ShieldedReads(open.store(), folder);
        HostJournal writer = new HostJournal(settings(), first);
        HostAudit checkpoints = HostAudit.byCall(Duration.ofMinutes(1), writer, writer, first, folder);
        List<String> streams = List.of("host", "run/a", "run/b", "run/c", "session/x", "run/d", "run/e");
        for (int i = 0; i < 110; i++) {
            int which = i < streams.size() ? i : random.nextInt(streams.size() - 1);
            Map<String, Object> body = Map.of("n", i, "text", "entry " + random.nextInt(1000) + " ✓");
            rows.add(writer.append(streams.get(which), i % 7 == 0 ? "test.other" : "test.entry", body));
            if (i % 40 == 30) {
                checkpoints.checkpoint();
            }
        }
        checkpoints.checkpoint();
        rows.addAll(writer.read("checkpoints", 0, 1000));
        writer.close();
        first.close();
    }

    JournalAudit audit() {
        return audit;
    }

    HostJournal journal() {
        return journal;
    }

    /** The number of the last entry of a stream. */
    long lengthOf(String stream) {
        return rows.stream().filter(row -> row.stream().equals(stream)).count();
    }

    int execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    void delete(JournalEntry row) throws SQLException {
        execute("delete from journal_entries where stream = ? and seq = ?", row.stream(), row.seq());
    }

    void insert(JournalEntry row) throws SQLException {
        execute(
                "insert into journal_entries (stream, seq, recorded_at, entry_type, body, previous_hash, entry_hash)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                row.stream(),
                row.seq(),
                row.at().toEpochMilli(),
                row.type(),
                row.body(),
                row.previous(),
                row.hash());
    }

    /** Makes the list of streams fit what is left of the entries, as somebody would who knows of it. */
    void hideInTheListOfStreams(String stream) throws SQLException {
        execute(
                "delete from journal_streams where stream = ? and not exists"
                        + " (select 1 from journal_entries e where e.stream = journal_streams.stream)",
                stream);
        execute(
                "update journal_streams set head_seq = (select max(e.seq) from journal_entries e"
                        + " where e.stream = journal_streams.stream) where stream = ?",
                stream);
        execute(
                "update journal_streams set head_hash = (select e.entry_hash from journal_entries e"
                        + " where e.stream = journal_streams.stream and e.seq = journal_streams.head_seq) where stream = ?",
                stream);
    }

    void putBack() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from journal_entries");
            statement.execute("insert into journal_entries select * from kept_entries");
            statement.execute("delete from journal_streams");
            statement.execute("insert into journal_streams select * from kept_streams");
        }
    }

    static JournalSettings settings() {
        return new JournalSettings() {
            @Override
            public int batchLimit() {
                return 1024;
            }

            @Override
            public int queueMebibytes() {
                return 16;
            }

            @Override
            public String acknowledgeTimeout() {
                return "PT20S";
            }

            @Override
            public int subscriptionLimit() {
                return 16;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return JournalSettings.class;
            }
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        journal.close();
        reads.close();
        open.close();
    }
}
