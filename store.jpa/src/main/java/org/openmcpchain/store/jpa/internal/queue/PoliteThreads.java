/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal.queue;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that end when they are done and are never interrupted, whatever db-scheduler wants: a thread that is interrupted
 * while it reads H2 closes the whole database ({@code docs/adr/0004}).
 */
final class PoliteThreads {

    private PoliteThreads() {}

    /** A fixed number of threads; each calls back after whatever it did. */
    static ThreadPoolExecutor fixed(String name, int threads, Runnable afterEach) {
        return new Pool(name, threads, () -> {}, afterEach);
    }

    /** One thread, which is woken when it is to end. */
    static ThreadPoolExecutor single(String name, Runnable wake) {
        return new Pool(name, 1, wake, () -> {});
    }

    /** Threads for what is done now and then. */
    static ScheduledThreadPoolExecutor timed(String name, int threads) {
        return new Timer(name, threads);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static final class Pool extends ThreadPoolExecutor {

        private final Runnable wake;
        private final Runnable afterEach;

        Pool(String name, int threads, Runnable wake, Runnable afterEach) {
            super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
            this.wake = wake;
            this.afterEach = afterEach;
        }

        @Override
        protected void afterExecute(Runnable task, Throwable thrown) {
            afterEach.run();
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            wake.run();
            return List.of();
        }
    }

    private static final class Timer extends ScheduledThreadPoolExecutor {

        Timer(String name, int threads) {
            super(threads, named(name));
            setRemoveOnCancelPolicy(true);
            setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            return List.of();
        }
    }
}
