/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.persistence.config.PersistenceUnitProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;

class UnitsTest {

    @TempDir
    private Path directory;

    private final AtomicInteger forces = new AtomicInteger();
    private HikariDataSource pool;
    private EntityManagerFactory factory;

    @BeforeEach
    void open() throws SQLException {
        pool = OpenStore.pool(OpenStore.h2Url(directory), "sa", "");
        new SchemaMigration().prepare(pool);
        factory = Persistence.createEntityManagerFactory(
                "openmcp", Map.of(PersistenceUnitProperties.NON_JTA_DATASOURCE, pool));
    }

    @AfterEach
    void close() {
        if (factory.isOpen()) {
            factory.close();
        }
        pool.close();
    }

    @Test
    void forcesOnceForEachCommitHoweverLarge() {
        Units units = new Units(factory, forces::incrementAndGet);

        units.write(new ChangeWriter(Entries.appends("run/r1", 1, 500))::writeTo);
        units.write(new ChangeWriter(Entries.appends("run/r1", 501, 1))::writeTo);

        assertThat(forces).hasValue(2);
    }

    @Test
    void acknowledgesNothingWhoseForceFailed() {
        Units units = new Units(factory, () -> {
            throw new SQLException("the disk is gone");
        });

        assertUnavailable(() -> units.write(new ChangeWriter(Entries.appends("run/r1", 1, 1))::writeTo))
                .hasRootCauseMessage("the disk is gone");
    }

    @Test
    void forcesNothingWhenTheCommitFailed() {
        Units units = new Units(factory, forces::incrementAndGet);
        units.write(new ChangeWriter(Entries.appends("run/r1", 1, 1))::writeTo);

        assertUnavailable(() -> units.write(new ChangeWriter(Entries.appends("run/r1", 1, 1))::writeTo));

        assertThat(forces).hasValue(1);
    }

    @Test
    void saysNothingOfTheDatabaseToCallers() {
        Units units = new Units(factory, forces::incrementAndGet);
        units.write(new ChangeWriter(Entries.appends("run/secret", 1, 1))::writeTo);

        assertUnavailable(() -> units.write(new ChangeWriter(Entries.appends("run/secret", 1, 1))::writeTo))
                .satisfies(error -> {
                    assertThat(((HostException) error).parameters()).isEmpty();
                    assertThat(error.getMessage()).doesNotContain("secret").doesNotContainIgnoringCase("insert");
                });
    }

    @Test
    void isUnavailableWhenTheDatabaseIsGone() {
        Units units = new Units(factory, forces::incrementAndGet);
        pool.close();

        assertUnavailable(() -> units.read(em -> em.find(RunRow.class, "r1")));
        assertUnavailable(() -> units.write(new ChangeWriter(Entries.appends("run/r1", 1, 1))::writeTo));
    }

    @Test
    void isUnavailableWhenTheUnitWasClosed() {
        Units units = new Units(factory, forces::incrementAndGet);
        factory.close();

        assertUnavailable(() -> units.read(em -> List.of()));
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertUnavailable(
            ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(HostException.class, error -> assertThat(error.code())
                .isEqualTo(JournalError.JOURNAL_UNAVAILABLE));
    }
}
