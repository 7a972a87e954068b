/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.openmcpchain.policy.Intent;
import org.osgi.service.component.annotations.Component;

/**
 * One decision at a time for each key: a verdict, a vote, a settlement. Different keys never wait for each other. The same
 * thread may hold a key twice. Thread-safe.
 */
@Component(service = DecisionLocks.class)
public final class DecisionLocks {

    private final Map<String, Counted> locks = new HashMap<>();

    private static final class Counted {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /** A key that is held. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** What an intent is known by: its key, or its hash when it has none. */
    static String keyOf(Intent intent, String intentHash) {
        return intent.key().orElseGet(() -> "intent/" + intentHash);
    }

    /** Waits for a key and holds it until it is closed, by the same thread. */
    Held hold(String key) {
        Counted counted = enter(key);
        counted.lock.lock();
        return () -> leave(key, counted);
    }

    /** Holds a key if nobody else does. */
    Optional<Held> tryHold(String key) {
        Counted counted = enter(key);
        if (counted.lock.tryLock()) {
            return Optional.of(() -> leave(key, counted));
        }
        forget(key, counted);
        return Optional.empty();
    }

    private Counted enter(String key) {
        synchronized (locks) {
            Counted counted = locks.computeIfAbsent(key, name -> new Counted());
            counted.users++;
            return counted;
        }
    }

    private void leave(String key, Counted counted) {
        counted.lock.unlock();
        forget(key, counted);
    }

    private void forget(String key, Counted counted) {
        synchronized (locks) {
            if (--counted.users == 0) {
                locks.remove(key);
            }
        }
    }

    int size() {
        synchronized (locks) {
            return locks.size();
        }
    }
}
