/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * db-scheduler by itself on the same database: a step is a one-time task that is put in, found, executed and taken out. Its
 * commits reach the file, but nobody forces them to the disk.
 */
final class SchedulerSteps implements DurableAppends {

    private static final int THREADS = 64;

    /** The table that db-scheduler works on by default, with the indexes that its documentation advises. */
    private static final List<String> SCHEMA = List.of(
            """
            create table scheduled_tasks (
                task_name varchar(100) not null,
                task_instance varchar(100) not null,
                task_data blob,
                execution_time timestamp(6) with time zone not null,
                picked boolean not null,
                picked_by varchar(50),
                last_success timestamp(6) with time zone,
                last_failure timestamp(6) with time zone,
                consecutive_failures int,
                last_heartbeat timestamp(6) with time zone,
                version bigint not null,
                primary key (task_name, task_instance))
            """,
            "create index execution_time_idx on scheduled_tasks (execution_time)",
            "create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)");

    private final EmbeddedDatabase database;
    private final Scheduler scheduler;
    private final OneTimeTask<Void> step;
    private final AtomicLong number = new AtomicLong();
    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    SchedulerSteps(Path directory) throws SQLException {
        database = new EmbeddedDatabase(directory);
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
        }
        step = Tasks.oneTime("step")
                .execute((instance, context) -> waiting.remove(instance.getId()).countDown());
        scheduler = Scheduler.create(database.dataSource(), step)
                .threads(THREADS)
                .pollingInterval(Duration.ofMillis(100))
                .enableImmediateExecution()
                .build();
        scheduler.start();
    }

    @Override
    public void append(int writer) throws Exception {
        String id = Long.toString(number.incrementAndGet());
        CountDownLatch done = new CountDownLatch(1);
        waiting.put(id, done);
        scheduler.schedule(step.instance(id), Instant.now());
        done.await();
    }

    @Override
    public void close() {
        scheduler.stop();
        database.close();
    }
}
