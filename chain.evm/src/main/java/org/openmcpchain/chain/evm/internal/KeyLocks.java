/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One lock for each key that is in use, so that what has the same key happens one after the other: a transaction is
 * driven by one thread at a time, and an account hands out one nonce at a time.
 */
final class KeyLocks {

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;
    }

    /** A held lock. */
    interface Held extends AutoCloseable {

        /** Gives it back. */
        @Override
        void close();
    }

    /** The lock, or empty when it did not become free in time. */
    Optional<Held> acquire(String key, long timeoutNanos) throws InterruptedException {
        Entry entry = join(key);
        boolean acquired = false;
        try {
            acquired = entry.lock.tryLock(timeoutNanos, TimeUnit.NANOSECONDS);
        } finally {
            if (!acquired) {
                leave(key);
            }
        }
        return acquired ? Optional.of(() -> release(key, entry)) : Optional.empty();
    }

    /** The lock, or empty when somebody has it. */
    Optional<Held> acquireNow(String key) {
        Entry entry = join(key);
        if (entry.lock.tryLock()) {
            return Optional.of(() -> release(key, entry));
        }
        leave(key);
        return Optional.empty();
    }

    private Entry join(String key) {
        return entries.compute(key, (unused, known) -> {
            Entry entry = known == null ? new Entry() : known;
            entry.users++;
            return entry;
        });
    }

    private void leave(String key) {
        entries.computeIfPresent(key, (unused, entry) -> --entry.users == 0 ? null : entry);
    }

    private void release(String key, Entry entry) {
        entry.lock.unlock();
        leave(key);
    }

    /** How many keys are in use. */
    int size() {
        return entries.size();
    }
}
