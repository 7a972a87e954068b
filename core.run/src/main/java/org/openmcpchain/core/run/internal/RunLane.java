/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;

/** Runs that wait for a worker and for somebody who can do the work, first come first served. Thread-safe. */
final class RunLane {

    /** A run and who is to work on it. */
    record Ticket(String runId, RunExecutor executor) {}

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> waiting = new ArrayDeque<>();
    private int reserved;
    private RunExecutor executor;
    private boolean closed;

    RunLane(int limit) {
        this.limit = limit;
    }

    /** Keeps a place for a run that is about to be written. Error: {@code RUN_QUEUE_FULL}. */
    void reserve() {
        lock.lock();
        try {
            if (waiting.size() + reserved >= limit) {
                throw HostException.of(RunError.RUN_QUEUE_FULL, "limit", limit);
            }
            reserved++;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a kept place back. */
    void release() {
        lock.lock();
        try {
            reserved--;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a run that was accepted before: it waits, however long the queue is. */
    void add(String runId) {
        lock.lock();
        try {
            waiting.addLast(runId);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a run out of the queue, if it is there. */
    void remove(String runId) {
        lock.lock();
        try {
            waiting.removeIf(runId::equals);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a run and an executor. Empty: the lane is closed. */
    Optional<Ticket> take() {
        lock.lock();
        try {
            while (!closed && (waiting.isEmpty() || executor == null)) {
                changed.awaitUninterruptibly();
            }
            return closed ? Optional.empty() : Optional.of(new Ticket(waiting.removeFirst(), executor));
        } finally {
            lock.unlock();
        }
    }

    /** From now on this executor works. */
    void serve(RunExecutor newExecutor) {
        lock.lock();
        try {
            executor = newExecutor;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** This executor works no more, if it is still the one. */
    void lose(RunExecutor oldExecutor) {
        lock.lock();
        try {
            if (executor == oldExecutor) {
                executor = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether this executor is the one that works. */
    boolean isServedBy(RunExecutor candidate) {
        lock.lock();
        try {
            return !closed && executor == candidate;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the workers go; who waits stays in the store. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
