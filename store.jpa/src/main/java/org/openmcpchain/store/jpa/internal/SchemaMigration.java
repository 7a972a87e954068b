/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.ops4j.pax.jdbc.hook.PreHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema to this version before anyone sees the data source: pax-jdbc publishes it only when this hook
 * returns, so the store cannot exist over an old schema. A migration that fails is undone change by change, and the store
 * stays away.
 */
@Component(
        name = "org.openmcpchain.store.jpa.Schema",
        service = PreHook.class,
        property = PreHook.KEY_NAME + "=" + SchemaMigration.NAME)
public final class SchemaMigration implements PreHook {

    /** What the configuration of the data source calls this hook: {@code ops4j.preHook = openmcp-schema}. */
    static final String NAME = "openmcp-schema";

    static final String CHANGE_LOG = "org/openmcpchain/store/jpa/changelog.yaml";
    private static final Set<String> EMBEDDED = Set.of("h2", "sqlite");
    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);

    static final Map<String, Object> SETTINGS = Map.of(
            Scope.Attr.classLoader.name(),
            Liquibase.class.getClassLoader(),
            // Liquibase speaks to a person at a terminal unless told not to.
            Scope.Attr.ui.name(),
            new LoggerUIService(),
            // Liquibase reports its use to its makers unless told not to.
            "liquibase.analytics.enabled",
            "false",
            "liquibase.changelogLockWaitTimeInMinutes",
            "1");

    private final String changeLog;

    /** The schema of this bundle. */
    @Activate
    public SchemaMigration() {
        this(CHANGE_LOG);
    }

    SchemaMigration(String changeLog) {
        this.changeLog = changeLog;
    }

    @Override
    public void prepare(DataSource dataSource) throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Liquibase finds its own parts through this one when it is first touched, later through its scope's.
        thread.setContextClassLoader(Liquibase.class.getClassLoader());
        try {
            migrate(dataSource);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void migrate(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            checkDialect(connection);
            Scope.child(SETTINGS, () -> migrate(connection));
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            LOG.error("The schema was not migrated; the store stays down until this is mended: {}", rootMessage(e));
            throw new SQLException("the schema was not migrated", e);
        }
    }

    /** EclipseLink knows MariaDB only by the name of MySQL. */
    private static void checkDialect(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("MariaDB")) {
            LOG.error("The store stays down: the data source needs useMysqlMetadata=true in its URL");
            throw new SQLException("the URL of a MariaDB data source needs useMysqlMetadata=true");
        }
    }

    private void migrate(Connection connection) throws LiquibaseException {
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        try (Liquibase liquibase = new Liquibase(
                changeLog, new ClassLoaderResourceAccessor(SchemaMigration.class.getClassLoader()), database)) {
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
            if (isEmbedded(database)) {
                // The file has one owner at a time, so a lock in it is what a killed process left behind.
                LockServiceFactory.getInstance().getLockService(database).forceReleaseLock();
            }
            update(liquibase, database);
        }
    }

    private static void update(Liquibase liquibase, Database database) throws LiquibaseException {
        int before = database.getRanChangeSetList().size();
        try {
            liquibase.update(new Contexts(), new LabelExpression());
        } catch (LiquibaseException | RuntimeException e) {
            rollBack(liquibase, database, before, e);
            throw e;
        }
        int applied = database.getRanChangeSetList().size() - before;
        LOG.info("The schema is up to date: {} changes, {} of them new", before + applied, applied);
    }

    private static void rollBack(Liquibase liquibase, Database database, int before, Exception reason) {
        try {
            int applied = database.getRanChangeSetList().size() - before;
            if (applied > 0) {
                liquibase.rollback(applied, new Contexts(), new LabelExpression());
            }
            LOG.error("A migration failed; {} changes before it were undone, the schema is as it was", applied);
        } catch (LiquibaseException | RuntimeException e) {
            LOG.error("A migration failed and could not be undone; restore the database from a copy", e);
            reason.addSuppressed(e);
        }
    }

    private static boolean isEmbedded(Database database) {
        return EMBEDDED.contains(database.getShortName());
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
