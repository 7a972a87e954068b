/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;

/**
 * The claim of one thread on one run: while it exists nobody else works on the run or ends it. It carries the wish that
 * the work stop, and it interrupts its thread only while that thread is inside the executor. Thread-safe.
 */
final class Attempt {

    /** Why the work should stop. */
    enum Halt {
        /** It should not. */
        NONE,
        /** Somebody cancelled the run. */
        CANCEL,
        /** Somebody interrupted the run; it is to pause. */
        PAUSE,
        /** The attempt took too long. */
        DEADLINE,
        /** The executor is leaving. */
        EXECUTOR_GONE,
        /** The host is stopping. */
        STOP
    }

    private final String runId;
    private final RunExecutor executor;
    private final CountDownLatch over = new CountDownLatch(1);
    private Halt halt = Halt.NONE;
    private Thread inside;
    private boolean woken;
    /** When the thread was to stop at once, in the machine's nanoseconds; of no meaning before. */
    private long dueToStop;

    /** @param executor null when the claim is made to end the run without work */
    Attempt(String runId, RunExecutor executor) {
        this.runId = runId;
        this.executor = executor;
    }

    String runId() {
        return runId;
    }

    /** Whether somebody works on the run, and not only moves it. */
    boolean isWork() {
        return executor != null;
    }

    RunExecutor executor() {
        return executor;
    }

    /** The first reason stays, except that a run that is to end does not pause. */
    synchronized void halt(Halt reason) {
        if (halt == Halt.NONE || halt == Halt.PAUSE && reason == Halt.CANCEL) {
            halt = reason;
            dueToStop = System.nanoTime();
        }
    }

    synchronized Halt halted() {
        return halt;
    }

    /** If the run comes to wait at the end of this attempt, it need not. */
    synchronized void wake() {
        woken = true;
    }

    synchronized boolean isWoken() {
        return woken;
    }

    /** Wakes the thread if it is inside the executor. */
    synchronized void interrupt() {
        if (inside != null) {
            inside.interrupt();
        }
    }

    /** The thread goes into the executor; an interrupt that was left over from before is void. */
    synchronized void enter() {
        Thread.interrupted();
        inside = Thread.currentThread();
    }

    /** The thread has come out; an interrupt that it did not see is void. */
    synchronized void leave() {
        inside = null;
        Thread.interrupted();
    }

    /** See {@link org.openmcpchain.core.run.RunSession#checkActive}. */
    void check() {
        switch (halted()) {
            case CANCEL -> throw HostException.of(RunError.RUN_CANCELLED, "id", runId);
            case DEADLINE -> throw HostException.of(RunError.RUN_DEADLINE, "id", runId);
            case PAUSE, EXECUTOR_GONE, STOP -> throw new RunSuspendedException();
            default -> {
                if (isOver()) {
                    throw new RunSuspendedException();
                }
            }
        }
    }

    /** Nobody works on the run any more, or what still works on it does not count. */
    void finish() {
        over.countDown();
    }

    /**
     * Finishes an attempt whose thread was to stop at once, has had so much time for it, and is inside the executor still. If
     * this is true, what the thread brings does not count; if it is false, the thread brings it to its end itself.
     */
    synchronized boolean giveUp(Duration patience) {
        boolean atOnce = halt == Halt.CANCEL || halt == Halt.DEADLINE;
        if (!atOnce || inside == null || isOver() || System.nanoTime() - dueToStop < patience.toNanos()) {
            return false;
        }
        finish();
        return true;
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** Whether it was over in time. */
    boolean awaitEnd(Duration patience) {
        try {
            return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isOver();
        }
    }
}
