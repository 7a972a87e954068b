/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;
import org.eclipse.persistence.config.PersistenceUnitProperties;

/** The real store without a framework: pool, migration, EclipseLink. */
public final class OpenStore implements AutoCloseable {

    private final HikariDataSource pool;
    private final EntityManagerFactory factory;
    private final JpaRunStore store;

    private OpenStore(HikariDataSource pool) throws SQLException {
        this.pool = pool;
        new SchemaMigration().prepare(pool);
        this.factory = Persistence.createEntityManagerFactory(
                "openmcp", Map.of(PersistenceUnitProperties.NON_JTA_DATASOURCE, pool));
        this.store = new JpaRunStore(factory, pool);
    }

    /** A store in an H2 file, as the distribution configures it. */
    public static OpenStore h2(Path directory) throws SQLException {
        return at(h2Url(directory), "sa", "");
    }

    /** A store in an SQLite file. */
    static OpenStore sqlite(Path directory) throws SQLException {
        return at(
                "jdbc:sqlite:" + directory.resolve("openmcp.db")
                        + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000",
                "",
                "");
    }

    /** Where H2 keeps the store of a directory. */
    public static String h2Url(Path directory) {
        return "jdbc:h2:file:" + directory.resolve("openmcp")
                + ";WRITE_DELAY=0;RETENTION_TIME=5000;MAX_COMPACT_TIME=2000;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;OPTIMIZE_REUSE_RESULTS=FALSE";
    }

    static OpenStore at(String url, String user, String password) throws SQLException {
        return new OpenStore(pool(url, user, password));
    }

    static HikariDataSource pool(String url, String user, String password) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(8);
        return pool;
    }

    public JpaRunStore store() {
        return store;
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        factory.close();
        pool.close();
    }
}
