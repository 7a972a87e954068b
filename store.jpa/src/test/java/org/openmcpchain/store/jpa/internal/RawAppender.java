/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.openmcpchain.journal.JournalEntry;

/** One connection, one prepared statement, one JDBC batch for each commit. */
final class RawAppender implements Appender {

    private final Connection connection;
    private final PreparedStatement insert;
    private final Statement force;
    private final String forceCommand;

    RawAppender(String url, String forceCommand) throws SQLException {
        this.connection = DriverManager.getConnection(url);
        this.forceCommand = forceCommand;
        this.force = connection.createStatement();
        force.execute("create table if not exists journal_entries (stream varchar(255) not null, seq bigint not null,"
                + " recorded_at bigint not null, entry_type varchar(64) not null, body varchar(1048576) not null,"
                + " previous_hash varchar(64) not null, entry_hash varchar(64) not null, primary key (stream, seq))");
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("insert into journal_entries values (?, ?, ?, ?, ?, ?, ?)");
    }

    @Override
    public void append(List<JournalEntry> entries) throws SQLException {
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
        if (forceCommand != null) {
            force.execute(forceCommand);
        }
    }

    @Override
    public long head() throws SQLException {
        return number("select coalesce(max(seq), 0) from journal_entries");
    }

    @Override
    public long count() throws SQLException {
        return number("select count(*) from journal_entries");
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.commit();
        connection.close();
    }
}
