/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunExecutor;

/** Executors, and waits within them, that take their time. */
final class SlowExecutors {

    private SlowExecutors() {}

    /** Works in small steps and looks between them whether it may go on. */
    static RunExecutor untilHalted() {
        return session -> {
            session.record("step.done", Map.of());
            while (true) {
                session.checkActive();
                Thread.onSpinWait();
            }
        };
    }

    /** Hangs in one step and never looks. */
    static RunExecutor untilInterrupted() {
        return session -> {
            session.record("step.done", Map.of());
            awaitQuietly(new CountDownLatch(1));
            return RunEnding.failed("INFERENCE_FAILED", "interrupted");
        };
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(40, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void awaitStubbornly(CountDownLatch latch) {
        while (true) {
            try {
                if (latch.await(40, TimeUnit.SECONDS)) {
                    return;
                }
                throw new IllegalStateException("nobody opened the latch");
            } catch (InterruptedException e) {
                Thread.onSpinWait();
            }
        }
    }
}
