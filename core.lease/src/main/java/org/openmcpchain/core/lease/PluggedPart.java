/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A part of the host that comes from a bundle and may be let go at any time. Whoever uses it holds it; letting it go waits,
 * bounded, for the last hold. It has threads of its own, so that nothing which it leaves in a thread outlives its bundle.
 * Thread-safe.
 */
public final class PluggedPart {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ClassLoader loader;
    private final ExecutorService threads;
    private final AtomicInteger calls = new AtomicInteger();
    private int holds;
    private boolean retired;

    /**
     * @param threads what its threads are called, before a hyphen and their number
     * @param loader the part's own; the context class loader of its threads while they work for it, because libraries look
     *     for their parts there
     */
    public PluggedPart(String threads, ClassLoader loader) {
        this.loader = loader;
        this.threads = threads(threads);
    }

    /** A hold on the part; none when it is being let go. */
    public synchronized Optional<Hold> hold() {
        if (retired) {
            return Optional.empty();
        }
        holds++;
        return Optional.of(new Hold());
    }

    /** How many calls have begun and not really ended, abandoned ones included. */
    public int calls() {
        return calls.get();
    }

    /**
     * Refuses new holds, waits until the last one is given back, and ends the threads; calls that are still under way by
     * then are interrupted. An interrupted caller does not wait, and stays interrupted.
     *
     * @return whether everything ended in time
     */
    public boolean retire(Duration patience) {
        boolean drained = false;
        try {
            drained = awaitRelease(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (drained) {
            threads.shutdown();
        } else {
            threads.shutdownNow();
        }
        return drained;
    }

    /** While it is open, the part stays. Closing it twice is closing it once. */
    public final class Hold implements AutoCloseable {

        private final AtomicBoolean closed = new AtomicBoolean();

        private Hold() {}

        /** As {@link #begin(Work, Runnable)}, with nothing to clean up. */
        public <T> DeadlineCall<T> begin(Work<T> work) {
            return begin(work, () -> {});
        }

        /**
         * Begins a call on a thread of the part. The call has a hold of its own until it has really ended, so this one may be
         * closed before.
         *
         * @param cleanUp runs once: when the call has ended, or at once when it cannot begin
         * @throws RejectedExecutionException when the threads were ended while this hold was open
         * @throws IllegalStateException when this hold was closed
         */
        public <T> DeadlineCall<T> begin(Work<T> work, Runnable cleanUp) {
            boolean begun = false;
            try {
                DeadlineCall<T> call = call(work, cleanUp);
                begun = true;
                return call;
            } finally {
                if (!begun) {
                    cleanUp.run();
                }
            }
        }

        private <T> DeadlineCall<T> call(Work<T> work, Runnable cleanUp) {
            enter();
            DeadlineCall<T> call = new DeadlineCall<>(() -> inside(work), () -> {
                left();
                cleanUp.run();
            });
            boolean accepted = false;
            try {
                threads.execute(call::run);
                accepted = true;
                return call;
            } finally {
                if (!accepted) {
                    left();
                }
            }
        }

        private void enter() {
            synchronized (PluggedPart.this) {
                if (closed.get()) {
                    throw new IllegalStateException("the hold was closed");
                }
                holds++;
            }
            calls.incrementAndGet();
        }

        private void left() {
            calls.decrementAndGet();
            release();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release();
            }
        }
    }

    private synchronized void release() {
        holds--;
        notifyAll();
    }

    private synchronized boolean awaitRelease(Duration patience) throws InterruptedException {
        retired = true;
        long until = System.nanoTime() + patience.toNanos();
        while (holds > 0) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return true;
    }

    private <T> T inside(Work<T> work) throws Throwable {
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(loader);
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(PluggedPart.class.getClassLoader());
        }
    }

    private static ExecutorService threads(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, prefix + "-" + count.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(PluggedPart.class.getClassLoader());
                    return thread;
                });
    }
}
