/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every candidate does the work for which it is measured. */
class DurableAppendsTest {

    private static final int WRITERS = 2;
    private static final int EACH = 5;

    @TempDir
    Path directory;

    @Test
    void journalKeepsEveryEntry() throws Exception {
        append(new JournalAppends(directory));

        assertThat(entries()).isEqualTo(WRITERS * EACH);
    }

    @Test
    void rawJdbcKeepsEveryEntry() throws Exception {
        append(new GroupedAppends(new JdbcCommit(directory)));

        assertThat(entries()).isEqualTo(WRITERS * EACH);
    }

    @Test
    void storeKeepsEveryEntry() throws Exception {
        append(new GroupedAppends(new StoreCommit(directory)));

        assertThat(entries()).isEqualTo(WRITERS * EACH);
    }

    private static void append(DurableAppends candidate) throws Exception {
        try (DurableAppends appends = candidate) {
            for (int i = 0; i < EACH; i++) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    appends.append(writer);
                }
            }
        }
    }

    private int entries() throws Exception {
        try (EmbeddedDatabase database = new EmbeddedDatabase(directory);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select count(distinct stream || '/' || seq) from journal_entries")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
