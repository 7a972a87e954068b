/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;
import org.eclipse.persistence.config.PersistenceUnitProperties;
import org.openmcpchain.store.jpa.internal.JpaRunStore;
import org.openmcpchain.store.jpa.internal.SchemaMigration;

/** A fresh H2 file with the schema of the product, under the URL that the distribution configures. */
final class EmbeddedDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 10;

    /** As etc/org.ops4j.datasource-openmcp.cfg has them; docs/adr/0002-embedded-database.md says why. */
    private static final String SETTINGS =
            ";WRITE_DELAY=0;RETENTION_TIME=5000;MAX_COMPACT_TIME=2000;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;OPTIMIZE_REUSE_RESULTS=FALSE";

    /** Kept here, because the logging of Java forgets the level of a logger that nobody holds. */
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    private final HikariDataSource pool = new HikariDataSource();

    EmbeddedDatabase(Path directory) throws SQLException {
        LIQUIBASE.setLevel(Level.WARNING);
        pool.setJdbcUrl("jdbc:h2:file:" + directory.resolve("openmcp") + SETTINGS);
        pool.setUsername("openmcp");
        pool.setPassword("");
        pool.setMaximumPoolSize(CONNECTIONS);
        new SchemaMigration().prepare(pool);
    }

    DataSource dataSource() {
        return pool;
    }

    EntityManagerFactory persistenceUnit() {
        return Persistence.createEntityManagerFactory(
                "openmcp", Map.of(PersistenceUnitProperties.NON_JTA_DATASOURCE, pool));
    }

    JpaRunStore store(EntityManagerFactory unit) throws SQLException {
        return new JpaRunStore(unit, pool);
    }

    @Override
    public void close() {
        pool.close();
    }
}
