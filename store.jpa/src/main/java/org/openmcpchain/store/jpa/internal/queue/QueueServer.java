/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.openmcpchain.core.run.WorkQueue.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one kind of work: db-scheduler finds what is due, leases it and keeps the lease while the handler works. Thread-safe. */
final class QueueServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueServer.class);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(2);
    /** Twice as long, a server that was closed keeps the leases of work that goes on. */
    private static final Duration LAST_LEASES = Duration.ofSeconds(30);
    /** Items that are looked up at once, for each thread, and when more are. */
    private static final double FETCHED = 2.0;

    private static final double FETCH_MORE = 0.5;
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** How leases are kept; see {@link QueueSettings}. */
    record Timing(Duration heartbeat, int missedHeartbeats, Duration polling) {}

    private final String kind;
    private final QueueTable table;
    private final Handler handler;
    private final Duration polling;
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor workers;
    private final Scheduler scheduler;
    private volatile boolean wanted;

    QueueServer(
            String kind,
            int threads,
            Handler handler,
            DataSource dataSource,
            QueueTable table,
            Timing timing,
            String host) {
        this.kind = kind;
        this.table = table;
        this.handler = handler;
        polling = timing.polling();
        timer = PoliteThreads.timed("openmcp-" + kind + "-lease", 2);
        workers = PoliteThreads.fixed("openmcp-" + kind, threads, this::lookIfIdle);
        scheduler = Scheduler.create(
                        dataSource,
                        Tasks.custom(kind, Void.class)
                                .onDeadExecutionRevive()
                                .execute((item, context) -> work(context.getExecution())))
                .tableName(QueueTable.NAME)
                .jdbcCustomization(new QueueDialect(kind))
                .schedulerName(new SchedulerName.Fixed(host))
                .threads(threads)
                .executorService(workers)
                .dueExecutor(PoliteThreads.single("openmcp-" + kind + "-due", this::look))
                .housekeeperExecutor(timer)
                .pollUsingFetch(FETCH_MORE, FETCHED)
                .pollingInterval(polling)
                .heartbeatInterval(timing.heartbeat())
                .missedHeartbeatsLimit(timing.missedHeartbeats())
                .shutdownMaxWait(LAST_LEASES)
                // Other kinds are other servers' business.
                .deleteUnresolvedAfter(FOR_EVER)
                .build();
    }

    void start() {
        scheduler.start();
    }

    /** Something may be due now. While what was found before still waits for a worker, there is no need to find more. */
    private void lookSoon() {
        wanted = true;
        lookIfIdle();
    }

    private void lookIfIdle() {
        if (wanted && workers.getQueue().isEmpty()) {
            look();
        }
    }

    private void look() {
        wanted = false;
        scheduler.triggerCheckForDueExecutions();
    }

    /** Something is due at a time: polling would find it a little late. */
    void lookAt(Instant due) {
        Duration wait = Duration.between(Instant.now(), due);
        if (wait.isNegative() || wait.isZero()) {
            lookSoon();
        } else if (wait.compareTo(polling) < 0) {
            try {
                timer.schedule(this::lookSoon, wait.toMillis() + 1, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.trace("Closed meanwhile", e);
            }
        }
    }

    private CompletionHandler<Void> work(Execution execution) {
        String id = execution.getId();
        Optional<Duration> again = again(id);
        // Completed by hand and not by db-scheduler, because only the table knows whether the item was put in once
        // more.
        return (complete, operations) -> {
            if (again.isPresent()) {
                Instant due = Instant.now().plus(again.get());
                table.again(kind, id, execution.version, due).ifPresent(this::lookAt);
            } else {
                table.done(kind, id, execution.version).ifPresent(this::lookAt);
            }
        };
    }

    private Optional<Duration> again(String id) {
        try {
            return handler.work(id);
        } catch (RuntimeException | Error e) {
            LOG.error("Work on {} {} failed and is done again", kind, id, e);
            return Optional.of(AFTER_A_FAULT);
        }
    }

    /** Begins nothing new. What is in work keeps its lease for a while, and is waited for by nobody but a thread of its own. */
    @Override
    public void close() {
        Thread stop = new Thread(scheduler::stop, "openmcp-" + kind + "-stop");
        stop.setDaemon(true);
        stop.start();
    }
}
