/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Makes what was committed survive a loss of power. The decision and its measurement: {@code
 * docs/adr/0002-embedded-database.md}.
 */
interface DiskForce {

    /** Returns when every commit that returned before is on stable storage. */
    void force() throws SQLException;

    /**
     * The way of the database behind a data source.
     *
     * @throws SQLException if it is set up so that it would lose what was acknowledged
     */
    static DiskForce of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return switch (connection.getMetaData().getDatabaseProductName()) {
                case "H2" -> new CheckpointForce(dataSource);
                case "SQLite" -> forcingSqlite(connection);
                default -> () -> {};
            };
        }
    }

    private static DiskForce forcingSqlite(Connection connection) throws SQLException {
        int full = 2;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("pragma synchronous")) {
            if (!rows.next() || rows.getInt(1) < full) {
                throw new SQLException("the URL of an SQLite data source needs synchronous=FULL");
            }
        }
        return () -> {};
    }

    /**
     * H2 writes a commit to its file but asks the operating system for nothing more; {@code CHECKPOINT SYNC} does. A
     * database server forces its log within the commit and needs no such thing.
     */
    final class CheckpointForce implements DiskForce {

        private final DataSource dataSource;

        CheckpointForce(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        public void force() throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
        }
    }
}
