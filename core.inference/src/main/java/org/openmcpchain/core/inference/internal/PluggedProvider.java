/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openmcpchain.core.inference.InferenceProvider;
import org.openmcpchain.market.BundleRef;

/**
 * A provider that is plugged in: what it says of itself, the threads on which it answers, and how many hold it. It has
 * threads of its own so that nothing which it leaves in a thread outlives its bundle.
 */
final class PluggedProvider {

    private static final Duration IDLE = Duration.ofSeconds(20);

    private final InferenceProvider provider;
    private final String label;
    private final String model;
    private final boolean local;
    private final OptionalInt maxOutputTokens;
    private final BundleRef bundle;
    private final ExecutorService threads;
    private final AtomicInteger calls = new AtomicInteger();
    private int holds;
    private boolean retired;

    /** Asks the provider for its facts once, so that nobody has to call into a bundle only to list it. */
    PluggedProvider(String id, InferenceProvider provider, BundleRef bundle) {
        this.provider = provider;
        this.label = provider.label();
        this.model = provider.model();
        this.local = provider.local();
        this.maxOutputTokens = maxOutputTokens(provider.chat());
        this.bundle = bundle;
        this.threads = threads(id);
    }

    String label() {
        return label;
    }

    String model() {
        return model;
    }

    boolean local() {
        return local;
    }

    OptionalInt maxOutputTokens() {
        return maxOutputTokens;
    }

    private static OptionalInt maxOutputTokens(ChatModel model) {
        Integer most = model.defaultRequestParameters().maxOutputTokens();
        return most == null ? OptionalInt.empty() : OptionalInt.of(most);
    }

    BundleRef bundle() {
        return bundle;
    }

    int calls() {
        return calls.get();
    }

    /** Holds the provider, unless it is being let go. */
    synchronized boolean enter() {
        if (retired) {
            return false;
        }
        holds++;
        return true;
    }

    /** Gives back one hold. */
    synchronized void leave() {
        holds--;
        notifyAll();
    }

    /** Begins a call under a hold that the caller has; the call has a hold of its own until it has really ended. */
    ModelCall<ChatResponse> begin(ChatRequest request, Runnable cleanUp) {
        synchronized (this) {
            holds++;
        }
        calls.incrementAndGet();
        ModelCall<ChatResponse> call = new ModelCall<>(() -> ask(request), () -> {
            calls.decrementAndGet();
            leave();
            cleanUp.run();
        });
        boolean accepted = false;
        try {
            threads.execute(call);
            accepted = true;
        } finally {
            if (!accepted) {
                calls.decrementAndGet();
                leave();
                cleanUp.run();
            }
        }
        return call;
    }

    /**
     * Refuses new holds, waits until the last one is given back, and ends the threads; calls that are still under way by
     * then are interrupted.
     *
     * @return whether everything ended in time
     */
    boolean retire(Duration patience) {
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

    private ChatResponse ask(ChatRequest request) {
        // Libraries that look for their parts through the context class loader find them in the provider's bundle.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(provider.getClass().getClassLoader());
        try {
            return provider.chat().chat(request);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ExecutorService threads(String id) {
        AtomicInteger count = new AtomicInteger();
        var pool = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "inference-" + id + "-" + count.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(PluggedProvider.class.getClassLoader());
                    return thread;
                });
        return Executors.unconfigurableExecutorService(pool);
    }
}
