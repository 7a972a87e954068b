/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.lease;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One call on another thread. It can be abandoned at any time; then its thread is interrupted while, and only while, it
 * works on this call. The clean-up runs once, when the call has really ended.
 *
 * @param <T> what it answers
 */
public final class DeadlineCall<T> {

    private final Work<T> work;
    private final Runnable cleanUp;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private Thread worker;
    private boolean abandoned;

    DeadlineCall(Work<T> work, Runnable cleanUp) {
        this.work = work;
        this.cleanUp = cleanUp;
    }

    /**
     * Waits for the answer; without one in time, or when the caller is interrupted, the call is abandoned.
     *
     * @param patience zero or less looks once
     * @throws ExecutionException with what the call threw, an error too, as its cause
     */
    public T await(Duration patience) throws InterruptedException, TimeoutException, ExecutionException {
        try {
            return answer.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | TimeoutException e) {
            abandon();
            throw e;
        }
    }

    void run() {
        try {
            if (begin()) {
                answer.complete(work.call());
            }
        } catch (Throwable e) { // also errors: a bundle that lacks a class must not end the host's thread unseen
            answer.completeExceptionally(e);
        } finally {
            end();
            cleanUp.run();
        }
    }

    private synchronized void abandon() {
        abandoned = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    private synchronized boolean begin() {
        worker = abandoned ? null : Thread.currentThread();
        return !abandoned;
    }

    private synchronized void end() {
        worker = null;
        Thread.interrupted();
    }
}
