/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads for all lanes, and the way onto a lane. Nothing here is ever interrupted: what runs may be about to ask the
 * database. Thread-safe.
 */
final class LanePool {

    private static final Logger LOG = LoggerFactory.getLogger(LanePool.class);
    private static final long CLOSE_SECONDS = 10;

    private static final int SLOW = 2;
    private static final long IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor threads;
    private final ThreadPoolExecutor slow;
    private final Consumer<SessionLane> move;
    private final ReentrantReadWriteLock uses = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /** @param move what is done on a lane that is woken */
    LanePool(int size, Consumer<SessionLane> move) {
        this.move = move;
        threads = new ScheduledThreadPoolExecutor(size, named("openmcp-session-"));
        slow = new ThreadPoolExecutor(
                SLOW,
                SLOW,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named("openmcp-session-slow-"));
        slow.allowCoreThreadTimeOut(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        threads.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Does something on a lane, on the caller's thread. Error: {@code JOURNAL_UNAVAILABLE} when this host stops. */
    <T> T on(SessionLane lane, Function<SessionLane, T> work) {
        if (closed || !uses.readLock().tryLock()) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE, "detail", "the sessions are stopping");
        }
        try {
            lane.lock().lock();
            try {
                return work.apply(lane);
            } finally {
                lane.lock().unlock();
            }
        } finally {
            uses.readLock().unlock();
            if (lane.again().get()) {
                wake(lane);
            }
        }
    }

    /** Has a lane moved on soon; if somebody holds it, when it is free. */
    void wake(SessionLane lane) {
        lane.again().set(true);
        execute(() -> drain(lane));
    }

    private void drain(SessionLane lane) {
        while (!closed && lane.again().get() && lane.lock().tryLock()) {
            try {
                lane.again().set(false);
                move.accept(lane);
            } finally {
                lane.lock().unlock();
            }
        }
    }

    /** Has a lane moved on after a while; one such plan at a time. */
    void wakeLater(SessionLane lane, Duration delay) {
        if (lane.delayed().compareAndSet(false, true)) {
            try {
                threads.schedule(
                        () -> {
                            lane.delayed().set(false);
                            wake(lane);
                        },
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("Lane {} goes on in the next life of the host", lane.key(), e);
            }
        }
    }

    /** Runs something that belongs to no lane. */
    void execute(Runnable task) {
        execute(threads, task);
    }

    /** Runs something that may take seconds, so that no lane waits for it. */
    void executeSlowly(Runnable task) {
        execute(slow, task);
    }

    private void execute(Executor executor, Runnable task) {
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("What was to be done is found again at the next start", e);
        }
    }

    void everySecond(Runnable task) {
        threads.scheduleWithFixedDelay(() -> run(task), 1, 1, TimeUnit.SECONDS);
    }

    private void run(Runnable task) {
        if (closed || !uses.readLock().tryLock()) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("A task of the sessions failed", e);
        } finally {
            uses.readLock().unlock();
        }
    }

    /** Lets nobody in any more and waits, bounded, for those who are inside. */
    void close() {
        closed = true;
        threads.shutdown();
        slow.shutdown();
        try {
            if (uses.writeLock().tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                uses.writeLock().unlock();
            } else {
                LOG.warn("Some sessions are still at work after {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
