/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.run.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who waits for runs that one has ended, after its end is on disk. Thread-safe. */
final class RunEndings {

    private static final Logger LOG = LoggerFactory.getLogger(RunEndings.class);

    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    /** One who waits; each is another one, also when two of them do the same. */
    private static final class Watcher {

        private final Consumer<Run> consumer;

        private Watcher(Consumer<Run> consumer) {
            this.consumer = consumer;
        }
    }

    Subscription watch(Consumer<Run> consumer) {
        Watcher watcher = new Watcher(consumer);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** A run has ended; that somebody cannot hear it changes nothing of that. */
    void tell(Run ended) {
        for (Watcher watcher : watchers) {
            try {
                watcher.consumer.accept(ended);
            } catch (RuntimeException e) {
                LOG.warn("Somebody who waited for run {} failed", ended.id(), e);
            }
        }
    }
}
