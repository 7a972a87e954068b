/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.openmcpchain.journal.JournalEntry;

/** The same database by hand: one connection, one prepared statement, one JDBC batch and one force for each commit. */
final class JdbcCommit implements GroupedAppends.Commit {

    private final EmbeddedDatabase database;
    private final Connection connection;
    private final PreparedStatement insert;
    private final Statement force;

    JdbcCommit(Path directory) throws SQLException {
        database = new EmbeddedDatabase(directory);
        connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        force = connection.createStatement();
        insert = connection.prepareStatement(
                "insert into journal_entries"
                        + " (stream, seq, recorded_at, entry_type, body, previous_hash, entry_hash) values (?, ?, ?, ?, ?, ?, ?)");
    }

    @Override
    public void write(List<JournalEntry> entries) throws SQLException {
        for (JournalEntry entry : entries) {
            insert.setString(1, entry.stream());
            insert.setLong(2, entry.seq());
            insert.setLong(3, entry.at().toEpochMilli());
            insert.setString(4, entry.type());
            insert.setString(5, entry.body());
            insert.setString(6, entry.previous());
            insert.setString(7, entry.hash());
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
        force.execute("CHECKPOINT SYNC");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        database.close();
    }
}
