/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;

/**
 * Who listens to which stream. Each open subscription may hold one thread while it has something to deliver, so that a
 * slow consumer delays only itself; the number of subscriptions bounds the number of threads. Thread-safe.
 */
final class Deliveries implements AutoCloseable {

    private static final int IDLE_SECONDS = 30;

    private final ShieldedReads reads;
    private final Semaphore slots;
    private final ThreadPoolExecutor threads;
    private final ConcurrentHashMap<String, Set<LiveSubscription>> listeners = new ConcurrentHashMap<>();

    Deliveries(ShieldedReads reads, int limit) {
        this.reads = reads;
        slots = new Semaphore(limit);
        // A closed subscription gives its slot back just before its thread is free again.
        threads = new ThreadPoolExecutor(
                0,
                2 * limit,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new NamedThreads("openmcp-journal-deliver"));
    }

    /** Opens a subscription; its first entries are under way when this returns. */
    Subscription open(String stream, long afterSeq, Consumer<JournalEntry> consumer) {
        if (!slots.tryAcquire()) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE, "detail", "too many subscriptions are open");
        }
        LiveSubscription subscription = new LiveSubscription(stream, afterSeq, reads, consumer, threads, this::forget);
        listeners.compute(stream, (name, present) -> {
            Set<LiveSubscription> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.add(subscription);
            return set;
        });
        subscription.wake();
        return subscription;
    }

    /** These streams have new entries on disk. */
    void wake(Collection<String> streams) {
        for (String stream : streams) {
            listeners.getOrDefault(stream, Set.of()).forEach(LiveSubscription::wake);
        }
    }

    private void forget(LiveSubscription subscription) {
        listeners.computeIfPresent(subscription.stream(), (name, set) -> {
            set.remove(subscription);
            return set.isEmpty() ? null : set;
        });
        slots.release();
    }

    @Override
    public void close() {
        listeners.values().stream().flatMap(Set::stream).toList().forEach(LiveSubscription::close);
        threads.shutdownNow();
    }
}
