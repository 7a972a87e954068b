/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.WorkQueue;
import org.openmcpchain.core.run.contract.RunStoreContract;
import org.openmcpchain.core.run.contract.WorkQueueContract;
import org.openmcpchain.store.jpa.internal.queue.OpenQueue;
import org.openmcpchain.store.jpa.internal.queue.ScheduledWorkQueue;

/** The contract of stores, kept on one database; its tables are emptied before each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JpaStoreContract extends RunStoreContract {

    private static final List<String> TABLES = List.of(
            "runs", "journal_streams", "journal_entries", "chain_transactions", "receipts", "documents", "work_queue");

    private OpenStore open;

    /** Starts the database and opens the store, or aborts the class with the reason. */
    abstract OpenStore open() throws Exception;

    @BeforeAll
    void openStore() throws Exception {
        open = open();
    }

    @BeforeEach
    void emptyTables() throws SQLException {
        try (Connection connection = open.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate("delete from " + table);
            }
        }
    }

    @AfterAll
    void closeStore() {
        if (open != null) {
            open.close();
        }
    }

    @Override
    protected RunStore store() {
        return open.store();
    }

    /** The database under test. */
    DataSource dataSource() {
        return open.dataSource();
    }

    /** The contract of queues, kept on the same database. */
    @Nested
    class Queue extends WorkQueueContract {

        private final ScheduledWorkQueue queue = OpenQueue.over(dataSource());

        @Override
        protected WorkQueue queue() {
            return queue;
        }

        @AfterEach
        void close() {
            queue.close();
        }
    }
}
