/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.store.jpa.internal.OpenStore;

/** Leases on the embedded database: taken back after a crash, kept during long work, lost by those who are too late. */
@Timeout(120)
class QueueLeaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private OpenStore store;
    private HikariDataSource pool;
    private ScheduledWorkQueue queue;

    @BeforeEach
    void open() throws SQLException {
        store = OpenStore.h2(directory);
        pool = new HikariDataSource();
        pool.setJdbcUrl(OpenStore.h2Url(directory));
        pool.setUsername("sa");
        pool.setPassword("");
        queue = OpenQueue.over(pool);
    }

    @AfterEach
    void close() {
        queue.close();
        pool.close();
        store.close();
    }

    @Test
    void theLeasesOfTheLifeBeforeAreTakenBackAtOnce() throws SQLException {
        queue.put("work", "a", Instant.now());
        execute("update work_queue set picked = true, picked_by = 'killed', last_heartbeat = "
                + System.currentTimeMillis());

        OpenQueue.over(pool).close();

        assertThat(number("select count(*) from work_queue where picked")).isZero();
        assertThat(number("select count(*) from work_queue where last_heartbeat is not null"))
                .isZero();
    }

    /** The lease of two seconds is renewed: nobody else gets the item, however long the work takes. */
    @Test
    void longWorkKeepsItsLease() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        queue.serve("work", 2, id -> {
            calls.incrementAndGet();
            awaitOpen(goOn);
            return Optional.empty();
        });
        queue.put("work", "a", Instant.now());
        await().atMost(PATIENCE).until(() -> calls.get() == 1);
        long first = number("select last_heartbeat from work_queue");
        await().atMost(PATIENCE).until(() -> number("select last_heartbeat from work_queue") > first + 3_000);
        assertThat(calls).hasValue(1);
        goOn.countDown();
        await().atMost(PATIENCE).until(() -> queue.size("work") == 0);
    }

    @Test
    void whoLostTheLeaseTakesNothingOut() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        queue.serve("work", 2, id -> {
            if (calls.incrementAndGet() == 1) {
                awaitOpen(goOn);
                return Optional.empty();
            }
            second.countDown();
            return Optional.of(Duration.ofHours(1));
        });
        queue.put("work", "a", Instant.now());
        await().atMost(PATIENCE).until(() -> calls.get() == 1);
        // What another host does when it takes this one for dead.
        execute("update work_queue set picked = false, picked_by = null, last_heartbeat = null, version = version + 1");
        queue.put("other", "poke", Instant.now());
        assertThat(second.await(60, TimeUnit.SECONDS)).isTrue();
        await().atMost(PATIENCE).until(() -> number("select count(*) from work_queue where picked") == 0);
        goOn.countDown();
        queue.put("work", "b", Instant.now());
        await().atMost(PATIENCE).until(() -> calls.get() == 3);
        assertThat(number("select count(*) from work_queue where task_instance = 'a'"))
                .isEqualTo(1);
    }

    @Test
    void aServerThatIsClosedDuringWorkLetsItEndAndInterruptsNobody() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Thread> workers = new CopyOnWriteArrayList<>();
        Subscription subscription = queue.serve("work", 1, id -> {
            workers.add(Thread.currentThread());
            inWork.countDown();
            awaitOpen(goOn);
            return Optional.empty();
        });
        queue.put("work", "a", Instant.now());
        assertThat(inWork.await(60, TimeUnit.SECONDS)).isTrue();
        subscription.close();
        queue.put("work", "b", Instant.now());
        goOn.countDown();
        await().atMost(PATIENCE).until(() -> !workers.get(0).isAlive());
        assertThat(queue.size("work")).isEqualTo(1);
        assertThat(workers).hasSize(1);
    }

    /** The threads of db-scheduler end, and the database outlives any number of ends. */
    @Test
    void servingAndClosingManyTimesHarmsNothing() {
        for (int i = 0; i < 30; i++) {
            AtomicInteger calls = new AtomicInteger();
            Subscription subscription = queue.serve("work", 2, id -> {
                calls.incrementAndGet();
                return Optional.empty();
            });
            queue.put("work", "a", Instant.now());
            await().atMost(PATIENCE).until(() -> calls.get() == 1);
            subscription.close();
        }
        await().atMost(PATIENCE).until(() -> queue.size("work") == 0);
        await().atMost(PATIENCE).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("openmcp-work")));
    }

    @Test
    void saysWhenTheDatabaseIsAway() {
        pool.close();
        assertThatThrownBy(() -> queue.put("work", "a", Instant.now()))
                .isInstanceOfSatisfying(HostException.class, error -> assertThat(error.code())
                        .isEqualTo(JournalError.JOURNAL_UNAVAILABLE));
    }

    @Test
    void refusesNamesAndSettingsThatMeanNothing() {
        assertThatThrownBy(() -> queue.put("a'b", "a", Instant.now())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queue.put("work", "x".repeat(129), Instant.now()))
                .isInstanceOf(IllegalArgumentException.class);
        for (String wrong : List.of("a second", "PT0S")) {
            assertThatThrownBy(() -> new ScheduledWorkQueue(pool, OpenQueue.settings(wrong, "PT1S")))
                    .isInstanceOfSatisfying(HostException.class, error -> assertThat(error.code())
                            .isEqualTo(ConfigError.CONFIG_INVALID));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("a worker was interrupted", e);
        }
    }
}
