/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Sessions;

/** Five clients that throw ten messages each at one session, and what they were told. */
final class Hands {

    static final int HANDS = 5;
    static final int EACH = 10;
    static final int COUNT = HANDS * EACH;

    private final Map<String, Long> numbers = Collections.synchronizedMap(new HashMap<>());
    private final AtomicInteger refused = new AtomicInteger();

    private Hands() {}

    static Hands throwFifty(Supplier<Sessions> sessions, MessageMode mode) throws InterruptedException {
        Hands hands = new Hands();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int hand = 0; hand < HANDS; hand++) {
            String name = "hand-" + hand + "-";
            Thread thread = new Thread(() -> {
                await(start);
                for (int i = 0; i < EACH; i++) {
                    hands.throwOne(sessions, mode, name + i);
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return hands;
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a client does it: again with the same id, until there is an answer. */
    private void throwOne(Supplier<Sessions> sessions, MessageMode mode, String text) {
        while (true) {
            try {
                numbers.put(
                        text,
                        sessions.get().send(Town.message(text, mode, text)).message());
                return;
            } catch (HostException e) {
                if (e.code() == RunError.SESSION_BUSY) {
                    refused.incrementAndGet();
                    return;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of each message that was taken, by its text. */
    Map<String, Long> numbers() {
        return Map.copyOf(numbers);
    }

    int refused() {
        return refused.get();
    }
}
