/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Where calls wait that take long by nature: for runs to end, for a walk over everything. Bounded, so that they never take
 * all of the threads that answer other calls.
 */
@Component(service = WaitingLane.class)
public final class WaitingLane {

    /** How many may wait at once on a thread of the server, and again as many behind event streams. */
    static final int MAX_WAITING = 16;

    private static final long IDLE_SECONDS = 30;

    private final AtomicInteger names = new AtomicInteger();
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MAX_WAITING, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "rest-waiting-" + names.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    /** Nobody is interrupted: whoever waits may be reading from the database, which would not survive it. */
    @Deactivate
    void stop() {
        threads.shutdown();
    }

    /** Waits on the caller's own thread. Error: {@code RUN_QUEUE_FULL}. */
    <T> T here(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw full();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /** Waits on a thread of this lane. Error: {@code RUN_QUEUE_FULL}. */
    void behind(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw full();
        }
    }

    private static HostException full() {
        return HostException.of(RunError.RUN_QUEUE_FULL, "detail", "too many calls wait at once");
    }
}
