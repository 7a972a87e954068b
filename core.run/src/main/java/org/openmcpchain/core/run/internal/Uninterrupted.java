/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits that an interrupt does not end. A worker that was told to stop must still learn whether its last entry is on
 * disk; the interrupt is kept and seen by whatever the thread does next.
 */
final class Uninterrupted {

    private Uninterrupted() {}

    /** What the future brings; its exception is thrown as it is. */
    static <T> T get(Future<T> future, Duration patience) throws TimeoutException {
        try {
            return patiently(patience, left -> future.get(left, TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CompletionException(e.getCause());
        }
    }

    /** Whether the permits were taken in time. */
    static boolean acquire(Semaphore semaphore, int permits, Duration patience) {
        try {
            return patiently(patience, left -> semaphore.tryAcquire(permits, left, TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a semaphore throws neither", e);
        }
    }

    private static <T> T patiently(Duration patience, Wait<T> wait) throws ExecutionException, TimeoutException {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.forNanos(end - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A wait that an interrupt would end. */
    @FunctionalInterface
    private interface Wait<T> {
        T forNanos(long nanos) throws InterruptedException, ExecutionException, TimeoutException;
    }
}
