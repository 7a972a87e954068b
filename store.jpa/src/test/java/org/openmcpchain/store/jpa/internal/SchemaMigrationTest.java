/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaMigrationTest {

    private static final Set<String> FIRST_VERSION =
            Set.of("CHAIN_TRANSACTIONS", "JOURNAL_ENTRIES", "JOURNAL_STREAMS", "RECEIPTS", "RUNS");
    private static final Set<String> THIS_VERSION = Set.of(
            "CHAIN_TRANSACTIONS", "DOCUMENTS", "JOURNAL_ENTRIES", "JOURNAL_STREAMS", "RECEIPTS", "RUNS", "WORK_QUEUE");

    @TempDir
    private Path directory;

    private HikariDataSource pool;

    @BeforeEach
    void open() {
        pool = OpenStore.pool(OpenStore.h2Url(directory), "sa", "");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void anEmptyDatabaseReachesThisVersion() throws SQLException {
        new SchemaMigration().prepare(pool);

        assertThat(tables()).isEqualTo(THIS_VERSION);
    }

    @Test
    void aSecondRunChangesNothing() throws SQLException {
        new SchemaMigration().prepare(pool);
        long changes = number("select count(*) from databasechangelog");

        new SchemaMigration().prepare(pool);

        assertThat(number("select count(*) from databasechangelog")).isEqualTo(changes);
    }

    @Test
    void aDatabaseOfTheVersionBeforeReachesThisOneAndKeepsItsRows() throws Exception {
        migrateToFirstVersion();
        assertThat(tables()).isEqualTo(FIRST_VERSION);
        execute("insert into receipts values ('r1', 'digest', 'key', 'envelope')");

        new SchemaMigration().prepare(pool);

        assertThat(tables()).isEqualTo(THIS_VERSION);
        assertThat(number("select count(*) from receipts")).isEqualTo(1);
    }

    @Test
    void aFailedMigrationLeavesTheSchemaAsItWas() throws Exception {
        migrateToFirstVersion();
        long changes = number("select count(*) from databasechangelog");

        assertThatThrownBy(() -> new SchemaMigration("broken/changelog.yaml").prepare(pool))
                .isInstanceOf(SQLException.class);

        assertThat(tables()).isEqualTo(FIRST_VERSION);
        assertThat(number("select count(*) from databasechangelog")).isEqualTo(changes);
        new SchemaMigration().prepare(pool);
        assertThat(tables()).isEqualTo(THIS_VERSION);
    }

    @Test
    void theLockOfAKilledMigrationDoesNotKeepTheStoreDown() throws SQLException {
        new SchemaMigration().prepare(pool);
        execute("update databasechangeloglock set locked = true, lockedby = 'a process that was killed'");

        new SchemaMigration().prepare(pool);

        assertThat(number("select count(*) from databasechangeloglock where locked"))
                .isZero();
    }

    @Test
    void liquibaseReportsNothingToItsMakers() throws Exception {
        Boolean[] enabled = new Boolean[1];

        Scope.child(SchemaMigration.SETTINGS, () -> enabled[0] = AnalyticsArgs.ENABLED.getCurrentValue());

        assertThat(enabled[0]).isFalse();
    }

    private void migrateToFirstVersion() throws Exception {
        try (Connection connection = pool.getConnection()) {
            Scope.child(SchemaMigration.SETTINGS, () -> {
                Database database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                Liquibase liquibase =
                        new Liquibase(SchemaMigration.CHANGE_LOG, new ClassLoaderResourceAccessor(), database);
                long ofFirstVersion = liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).stream()
                        .filter(change -> change.getId().startsWith("0001-"))
                        .count();
                liquibase.update((int) ofFirstVersion, new Contexts(), new LabelExpression());
            });
        }
    }

    private Set<String> tables() throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Connection connection = pool.getConnection();
                ResultSet rows = connection.getMetaData().getTables(null, "PUBLIC", "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME"));
            }
        }
        names.removeIf(name -> name.startsWith("DATABASECHANGELOG"));
        return names;
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
