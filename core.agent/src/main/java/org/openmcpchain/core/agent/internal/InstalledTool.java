/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.tool.ToolContext;

/**
 * A tool that is plugged in: its operations, the threads on which they run, and how many calls are under way. It has
 * threads of its own so that nothing which it leaves in a thread outlives its bundle.
 */
final class InstalledTool {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final String name;
    private final long serviceId;
    private final List<Operation> operations;
    private final ClassLoader loader;
    private final ExecutorService threads;
    private int calls;
    private boolean retired;

    InstalledTool(String name, long serviceId, List<Operation> operations, ClassLoader loader) {
        this.name = name;
        this.serviceId = serviceId;
        this.operations = operations;
        this.loader = loader;
        this.threads = threads(name);
    }

    String name() {
        return name;
    }

    long serviceId() {
        return serviceId;
    }

    List<Operation> operations() {
        return operations;
    }

    /**
     * Calls one of the operations on a thread of the tool.
     *
     * <p>Errors: {@code TOOL_GONE}; otherwise what the call threw is the cause of the {@link ExecutionException}.
     */
    String call(Operation operation, CheckedArguments arguments, ToolContext context, Duration deadline)
            throws InterruptedException, TimeoutException, ExecutionException {
        if (!enter()) {
            throw gone();
        }
        DeadlineCall<String> call = new DeadlineCall<>(() -> run(operation, arguments, context), this::leave);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            leave();
            throw gone();
        }
        return call.await(deadline);
    }

    /**
     * Refuses new calls, waits until the last one has ended, and ends the threads; calls that are still under way by then
     * are interrupted.
     *
     * @return whether every call ended in time
     */
    boolean retire(Duration patience) {
        boolean drained = false;
        try {
            drained = awaitCalls(patience);
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

    private String run(Operation operation, CheckedArguments arguments, ToolContext context) throws Exception {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return operation.call(arguments, context);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            Thread.currentThread().setContextClassLoader(InstalledTool.class.getClassLoader());
        }
    }

    private synchronized boolean enter() {
        if (!retired) {
            calls++;
        }
        return !retired;
    }

    private synchronized void leave() {
        calls--;
        notifyAll();
    }

    private synchronized boolean awaitCalls(Duration patience) throws InterruptedException {
        retired = true;
        long until = System.nanoTime() + patience.toNanos();
        while (calls > 0) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return true;
    }

    private HostException gone() {
        return HostException.of(ToolError.TOOL_GONE, "tool", name);
    }

    private static ExecutorService threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "tool-" + name + "-" + count.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(InstalledTool.class.getClassLoader());
                    return thread;
                });
    }
}
