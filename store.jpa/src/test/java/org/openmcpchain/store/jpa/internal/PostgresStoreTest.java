/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.store.jpa.internal.queue.OpenQueue;
import org.openmcpchain.store.jpa.internal.queue.ScheduledWorkQueue;

class PostgresStoreTest extends JpaStoreContract {

    private EmbeddedPostgres server;

    @Override
    OpenStore open() throws Exception {
        server = DatabaseServers.postgres();
        return OpenStore.at(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
    }

    @AfterAll
    void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** Two hosts over one database, each with a queue of its own. */
    @Nested
    class TwoHosts {

        private final ScheduledWorkQueue one = OpenQueue.over(dataSource());
        private final ScheduledWorkQueue other = OpenQueue.over(dataSource());

        @AfterEach
        void close() {
            one.close();
            other.close();
        }

        @Test
        @Timeout(120)
        void shareTheWorkAndDoEachItemOnce() {
            List<String> done = new CopyOnWriteArrayList<>();
            AtomicInteger[] share = {new AtomicInteger(), new AtomicInteger()};
            CountDownLatch both = new CountDownLatch(2);
            one.serve("work", 2, id -> work(id, done, share[0], both));
            other.serve("work", 2, id -> work(id, done, share[1], both));
            for (int i = 0; i < 200; i++) {
                one.put("work", "i" + i, Instant.now());
            }
            await().atMost(Duration.ofSeconds(90)).until(() -> one.size("work") == 0);
            assertThat(done).hasSize(200).doesNotHaveDuplicates();
            assertThat(share[0].get()).isPositive();
            assertThat(share[1].get()).isPositive();
        }

        /** Every item waits until each host has one, so neither does everything alone. */
        private Optional<Duration> work(String id, List<String> done, AtomicInteger share, CountDownLatch both) {
            done.add(id);
            if (share.getAndIncrement() == 0) {
                both.countDown();
            }
            try {
                assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Optional.empty();
        }

        @Test
        @Timeout(120)
        void whatIsPutInWhileTheOtherWorksOnItIsDeliveredOnceMore() throws Exception {
            CountDownLatch inWork = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            AtomicInteger calls = new AtomicInteger();
            one.serve("work", 1, id -> {
                calls.incrementAndGet();
                inWork.countDown();
                try {
                    assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Optional.empty();
            });
            one.put("work", "a", Instant.now());
            assertThat(inWork.await(60, TimeUnit.SECONDS)).isTrue();
            other.put("work", "a", Instant.now());
            assertThat(calls).hasValue(1);
            goOn.countDown();
            await().atMost(Duration.ofSeconds(60)).until(() -> calls.get() == 2 && one.size("work") == 0);
        }

        @Test
        @Timeout(120)
        void theWorkOfADeadHostGoesToTheOther() throws Exception {
            one.put("work", "a", Instant.now());
            lease("a", "a host that died", System.currentTimeMillis() - 60_000);
            one.put("work", "b", Instant.now());
            lease("b", "a host that lives", System.currentTimeMillis() + 3_600_000);
            List<String> delivered = new CopyOnWriteArrayList<>();
            other.serve("work", 1, id -> {
                delivered.add(id);
                return Optional.empty();
            });
            await().atMost(Duration.ofSeconds(60)).until(() -> !delivered.isEmpty());
            other.put("work", "c", Instant.now());
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(delivered).containsExactly("a", "c"));
            assertThat(one.size("work")).isEqualTo(1);
        }

        private void lease(String id, String host, long heartbeat) throws SQLException {
            try (Connection connection = dataSource().getConnection();
                    PreparedStatement statement = connection.prepareStatement("update work_queue set picked = true,"
                            + " picked_by = ?, last_heartbeat = ? where task_instance = ?")) {
                statement.setString(1, host);
                statement.setLong(2, heartbeat);
                statement.setString(3, id);
                assertThat(statement.executeUpdate()).isEqualTo(1);
            }
        }
    }
}
