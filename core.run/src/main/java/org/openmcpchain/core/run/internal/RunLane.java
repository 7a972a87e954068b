/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openmcpchain.core.run.WorkQueue;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of runs into the work queue, and the limit on how many may wait there. Runs are put in by a thread of their own,
 * so that whoever submits a goal waits for the journal and for nothing else; what a crash keeps out is put in at the next
 * start, from the store, and now and then that thread looks for what else is missing. Thread-safe.
 */
final class RunLane {

    /** What runs are called in the queue. */
    static final String KIND = "run";

    private static final Logger LOG = LoggerFactory.getLogger(RunLane.class);
    private static final long RETRY_SECONDS = 2;
    private static final int AT_ONCE = 200;

    private final WorkQueue queue;
    private final Clock clock;
    private final int limit;
    private final LinkedBlockingQueue<Optional<Item>> toPut = new LinkedBlockingQueue<>();
    private final Set<String> waiting = new HashSet<>();
    private int reserved;
    private volatile boolean closed;

    /** A run that is to be put in. */
    private record Item(String runId, Instant due) {}

    RunLane(WorkQueue queue, int limit, Clock clock) {
        this.queue = queue;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * From now on runs reach the queue.
     *
     * @param sweep looks now and then, on the same thread, for what should be in the queue and is not
     */
    void open(Runnable sweep, Duration every) {
        new NamedThreads("openmcp-run-queue")
                .newThread(() -> putUntilClosed(sweep, every.toNanos()))
                .start();
    }

    /** Keeps a place for a run that is about to be written. Error: {@code RUN_QUEUE_FULL}. */
    synchronized void reserve() {
        if (waiting.size() + reserved >= limit) {
            throw HostException.of(RunError.RUN_QUEUE_FULL, "limit", limit);
        }
        reserved++;
    }

    /** Gives a kept place back. */
    synchronized void release() {
        reserved--;
    }

    /** Adds a run that is due now; it was accepted before, so it waits however long the queue is. */
    void add(String runId) {
        add(runId, clock.instant());
    }

    /** Adds a run that is due at some time. */
    void add(String runId, Instant due) {
        waits(runId);
        toPut.add(Optional.of(new Item(runId, due)));
    }

    /** A run waits, because the queue itself will deliver it once more. */
    synchronized void waits(String runId) {
        waiting.add(runId);
    }

    synchronized boolean isWaiting(String runId) {
        return waiting.contains(runId);
    }

    /** A run waits no more: it is worked on, held, or has ended. */
    synchronized void left(String runId) {
        waiting.remove(runId);
    }

    /** Takes a run out. It does no harm if it is delivered all the same. */
    void remove(String runId) {
        left(runId);
        try {
            queue.remove(KIND, runId);
        } catch (HostException e) {
            LOG.debug("Run {} stays in the queue, where it will be found to be done", runId, e);
        }
    }

    private void putUntilClosed(Runnable sweep, long every) {
        try {
            long nextSweep = System.nanoTime() + every;
            while (!closed) {
                putNext(nextSweep);
                if (!closed && System.nanoTime() - nextSweep >= 0) {
                    carryOut(sweep);
                    nextSweep = System.nanoTime() + every;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void putNext(long until) throws InterruptedException {
        Optional<Item> first = toPut.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (first != null) {
            List<Optional<Item>> next = new ArrayList<>(List.of(first));
            toPut.drainTo(next, AT_ONCE);
            Map<String, Instant> items = new LinkedHashMap<>();
            next.forEach(item -> item.ifPresent(run -> items.put(run.runId(), run.due())));
            put(items);
        }
    }

    private static void carryOut(Runnable sweep) {
        try {
            sweep.run();
        } catch (RuntimeException e) {
            LOG.warn("Nobody could look for lost runs; that is done next time: {}", e.getMessage(), e);
        }
    }

    private void put(Map<String, Instant> items) throws InterruptedException {
        boolean areIn = items.isEmpty();
        while (!areIn && !closed) {
            try {
                queue.putAll(KIND, items);
                areIn = true;
            } catch (RuntimeException e) {
                LOG.warn("{} runs do not get into the queue and are tried again: {}", items.size(), e.getMessage(), e);
                TimeUnit.SECONDS.sleep(RETRY_SECONDS);
            }
        }
    }

    /** Ends the thread; what it did not put in is found in the store at the next start. */
    void close() {
        closed = true;
        toPut.add(Optional.empty());
    }
}
