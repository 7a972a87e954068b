/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;

/**
 * What this bundle itself does to the queue's table: putting in, taking out, and giving back what was worked on. Finding what
 * is due, leasing it and keeping the lease is db-scheduler's. Each method is one small transaction, or a few. Thread-safe.
 *
 * <p>A row is {@code picked} while somebody works on it. Each change of hands moves its {@code version}, so that a worker
 * whose lease ran out changes nothing.
 */
final class QueueTable {

    static final String NAME = "work_queue";

    private static final Set<String> EMBEDDED = Set.of("H2", "SQLite");
    private static final int TRIES = 100;
    private static final String INTEGRITY = "23";
    private static final int SQLITE_CONSTRAINT = 19;
    private static final String INSERT = "insert into " + NAME
            + " (task_name, task_instance, execution_time, picked, version) values (?, ?, ?, ?, ?)";
    private static final String ITEM = " where task_name = ? and task_instance = ?";
    private static final String LEASED_ITEM = ITEM + " and version = ?";
    private static final String GIVEN_BACK =
            " picked = ?, picked_by = null, last_heartbeat = null, version = version + 1";

    private final DataSource dataSource;

    QueueTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Puts an item in, moves it, or marks the one that is worked on as due again. */
    void put(String kind, String id, Instant due) {
        long at = due.toEpochMilli();
        guarded(connection -> {
            for (int i = 0; i < TRIES; i++) {
                if (insert(connection, kind, id, at)
                        || move(connection, kind, id, at)
                        || mark(connection, kind, id, at)) {
                    return true;
                }
            }
            throw new SQLException("the item is put in and taken out all the time");
        });
    }

    /** Puts several items in at once; those that are there already one by one. */
    void putAll(String kind, Map<String, Instant> items) {
        if (!insertAll(kind, items)) {
            items.forEach((id, due) -> put(kind, id, due));
        }
    }

    /** False: nothing was put in. */
    private boolean insertAll(String kind, Map<String, Instant> items) {
        return guarded(connection -> {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (Map.Entry<String, Instant> item : items.entrySet()) {
                    set(statement, kind, item.getKey(), item.getValue().toEpochMilli(), false, 1L);
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
                return true;
            } catch (SQLException e) {
                connection.rollback();
                return false;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    /** False: it is there already. */
    private static boolean insert(Connection connection, String kind, String id, long at) throws SQLException {
        try {
            return update(connection, INSERT, kind, id, at, false, 1L);
        } catch (SQLException e) {
            // To look whether it is there would be too late: it may have been taken out since.
            if (isTaken(e)) {
                return false;
            }
            throw e;
        }
    }

    /** A key that is taken: class 23 of the SQL standard, or what SQLite calls a constraint. */
    private static boolean isTaken(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith(INTEGRITY) || (e.getErrorCode() & 0xff) == SQLITE_CONSTRAINT;
    }

    private static boolean move(Connection connection, String kind, String id, long at) throws SQLException {
        return update(
                connection,
                "update " + NAME + " set execution_time = ?, version = version + 1" + ITEM + " and picked = ?",
                at,
                kind,
                id,
                false);
    }

    private static boolean mark(Connection connection, String kind, String id, long at) throws SQLException {
        return update(
                connection,
                "update " + NAME
                        + " set again_at = case when again_at is null or again_at > ? then ? else again_at end"
                        + ITEM
                        + " and picked = ?",
                at,
                at,
                kind,
                id,
                true);
    }

    /** Takes an item out that nobody works on. */
    void remove(String kind, String id) {
        guarded(connection -> update(connection, "delete from " + NAME + ITEM + " and picked = ?", kind, id, false));
    }

    /** How many items of a kind are in. */
    long size(String kind) {
        return guarded(connection -> {
            try (PreparedStatement statement =
                    prepared(connection, "select count(*) from " + NAME + " where task_name = ?", kind)) {
                return number(statement);
            }
        });
    }

    /**
     * An item is done: it goes out, unless it was put in again meanwhile. A worker without lease changes nothing.
     *
     * @return when it is to be looked for, if it was put in again
     */
    Optional<Instant> done(String kind, String id, long version) {
        return guarded(connection ->
                update(connection, "delete from " + NAME + LEASED_ITEM + " and again_at is null", kind, id, version)
                        ? Optional.empty()
                        : putBack(connection, kind, id, version));
    }

    private static Optional<Instant> putBack(Connection connection, String kind, String id, long version)
            throws SQLException {
        boolean isBack = update(
                connection,
                "update " + NAME + " set execution_time = again_at, again_at = null," + GIVEN_BACK + LEASED_ITEM
                        + " and again_at is not null",
                false,
                kind,
                id,
                version);
        return isBack ? Optional.of(Instant.EPOCH) : Optional.empty();
    }

    /**
     * An item is due again; sooner if it was put in meanwhile for a sooner time. A worker without lease changes nothing.
     *
     * @return when it is to be looked for
     */
    Optional<Instant> again(String kind, String id, long version, Instant due) {
        long at = due.toEpochMilli();
        return guarded(connection -> {
            boolean isBack = update(
                    connection,
                    "update " + NAME + " set execution_time = ?," + GIVEN_BACK + LEASED_ITEM + " and again_at is null",
                    at,
                    false,
                    kind,
                    id,
                    version);
            if (isBack) {
                return Optional.of(due);
            }
            update(
                    connection,
                    "update " + NAME + " set again_at = ?" + LEASED_ITEM + " and again_at > ?",
                    at,
                    kind,
                    id,
                    version,
                    at);
            return putBack(connection, kind, id, version);
        });
    }

    /**
     * Takes back every lease, if the database has one owner at a time: then all leases are those of a process that is gone,
     * and there is no need to wait until they run out.
     */
    void takeBackLeases() {
        guarded(connection -> EMBEDDED.contains(connection.getMetaData().getDatabaseProductName())
                && update(connection, "update " + NAME + " set" + GIVEN_BACK + " where picked = ?", false, true));
    }

    private static boolean update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate() > 0;
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            set(statement, values);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private <T> T guarded(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw HostException.caused(e, JournalError.JOURNAL_UNAVAILABLE);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
