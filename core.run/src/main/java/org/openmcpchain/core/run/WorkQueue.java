/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.journal.Subscription;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What is due when, and who does it. Each item is given to one worker at a time; an item whose worker died with its host is
 * given to another one after the lease has run out. The queue is no source of truth: the journal decides what a delivery may
 * do, and what is missing here after a crash is put back from there. Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ConsumerType
public interface WorkQueue {

    /**
     * Puts an item in, or moves it to another time if it is there and nobody works on it. An item that is being worked on is
     * delivered once more afterwards.
     *
     * @param kind which kind of work, 1 to 64 characters
     * @param id which item, 1 to 128 characters
     * @param due when
     */
    void put(String kind, String id, Instant due);

    /**
     * Puts several items in, as {@link #put} does with each; a queue may do it faster than one by one.
     *
     * @param items the items, each with the time when it is due
     */
    default void putAll(String kind, Map<String, Instant> items) {
        items.forEach((id, due) -> put(kind, id, due));
    }

    /** Takes an item out, if it is there and nobody works on it. */
    void remove(String kind, String id);

    /** How many items of a kind are in. */
    long size(String kind);

    /**
     * Serves a kind of work until the subscription is closed; closing waits for nobody. One handler for each kind.
     *
     * @param threads how many items are worked on at once
     */
    Subscription serve(String kind, int threads, Handler handler);

    /** Does the work. */
    @FunctionalInterface
    interface Handler {

        /**
         * Works on an item.
         *
         * @return when it is due again, or empty when it is done. What it throws makes it due again a little later.
         */
        Optional<Duration> work(String id);
    }
}
