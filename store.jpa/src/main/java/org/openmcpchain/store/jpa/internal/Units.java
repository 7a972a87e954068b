/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.EntityTransaction;
import javax.persistence.PersistenceException;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;

/** Units of work, each with an entity manager of its own. What the database says reaches callers as one error code. */
final class Units {

    private final EntityManagerFactory factory;
    private final DiskForce disk;

    Units(EntityManagerFactory factory, DiskForce disk) {
        this.factory = factory;
        this.disk = disk;
    }

    <T> T read(Function<EntityManager, T> question) {
        return guarded(() -> {
            EntityManager em = factory.createEntityManager();
            try {
                return question.apply(em);
            } finally {
                em.close();
            }
        });
    }

    /** Asks several questions about one moment. */
    void readAtOneMoment(Consumer<EntityManager> questions) {
        guarded(() -> {
            EntityManager em = factory.createEntityManager();
            try {
                readSnapshot(em, questions);
            } finally {
                em.close();
            }
            return null;
        });
    }

    private static void readSnapshot(EntityManager em, Consumer<EntityManager> questions) throws SQLException {
        EntityTransaction transaction = em.getTransaction();
        transaction.begin();
        // From here on EclipseLink reads through the connection of this transaction as well.
        Connection connection = em.unwrap(Connection.class);
        int before = connection.getTransactionIsolation();
        try {
            connection.setTransactionIsolation(snapshotOf(connection));
            questions.accept(em);
        } finally {
            transaction.rollback();
            restore(connection, before);
        }
    }

    private static void restore(Connection connection, int isolation) throws SQLException {
        if (!connection.isClosed()) {
            connection.setTransactionIsolation(isolation);
        }
    }

    /** What each database calls a transaction that sees one moment and locks nothing. */
    private static int snapshotOf(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "H2", "SQLite" -> Connection.TRANSACTION_SERIALIZABLE;
            default -> Connection.TRANSACTION_REPEATABLE_READ;
        };
    }

    void write(Consumer<EntityManager> work) {
        guarded(() -> {
            EntityManager em = factory.createEntityManager();
            try {
                commit(em, work);
            } finally {
                em.close();
            }
            disk.force();
            return null;
        });
    }

    private static void commit(EntityManager em, Consumer<EntityManager> work) {
        EntityTransaction transaction = em.getTransaction();
        transaction.begin();
        try {
            work.accept(em);
            transaction.commit();
        } finally {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        }
    }

    private static <T> T guarded(Statement<T> statement) {
        try {
            return statement.run();
        } catch (SQLException | PersistenceException e) {
            throw HostException.caused(e, JournalError.JOURNAL_UNAVAILABLE);
        } catch (IllegalStateException e) {
            // The factory was closed beneath us: the data source is being replaced or the host is stopping.
            throw HostException.caused(e, JournalError.JOURNAL_UNAVAILABLE, "detail", "the store is closing");
        }
    }

    @FunctionalInterface
    private interface Statement<T> {
        T run() throws SQLException;
    }
}
