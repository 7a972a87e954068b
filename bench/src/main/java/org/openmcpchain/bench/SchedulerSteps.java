/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

    private final EmbeddedDatabase database;
    private final Scheduler scheduler;
    private final OneTimeTask<Void> step;
    private final AtomicLong number = new AtomicLong();
    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    SchedulerSteps(Path directory) throws SQLException {
        database = new EmbeddedDatabase(directory);
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
