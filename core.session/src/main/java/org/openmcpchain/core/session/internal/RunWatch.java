/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when runs end. Some runs are listened to, which is quick but takes one of the journal's subscriptions each; all are
 * looked at now and then, so that no end is missed. Thread-safe.
 */
final class RunWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);
    private static final int LOOKS_AT_ONCE = 200;
    private static final int TICKS_BETWEEN_LOOKS = 30;

    private final Journal journal;
    private final Runs runs;
    private final Executor executor;
    private final int limit;
    private final ConcurrentHashMap<String, Watch> watches = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private int listening;
    private volatile long ticks;

    /** @param limit how many runs may be listened to at once */
    RunWatch(Journal journal, Runs runs, Executor executor, int limit) {
        this.journal = journal;
        this.runs = runs;
        this.executor = executor;
        this.limit = limit;
    }

    /** Calls back once when the run has ended; a run that is watched already is left alone. */
    void watch(String run, Runnable onEnd) {
        Watch fresh = new Watch(run, onEnd, ticks);
        if (!closed && watches.putIfAbsent(run, fresh) == null) {
            listen(fresh);
        }
    }

    /** Looks at runs whose end may have been missed; to be called about once in a second. */
    void tick() {
        long now = ++ticks;
        watches.values().stream()
                .filter(watch -> watch.isDue(now))
                .sorted(Comparator.comparing(Watch::lookedAt))
                .limit(LOOKS_AT_ONCE)
                .forEach(watch -> look(watch, now));
    }

    int size() {
        return watches.size();
    }

    private void look(Watch watch, long now) {
        watch.look(now);
        try {
            if (runs.find(watch.run())
                    .map(Run::state)
                    .map(state -> state.isTerminal())
                    .orElse(true)) {
                ended(watch);
            }
        } catch (HostException e) {
            LOG.debug("Run {} cannot be read now", watch.run(), e);
        }
    }

    private void listen(Watch watch) {
        if (!takeSlot()) {
            return;
        }
        try {
            watch.listens(journal.subscribe("run/" + watch.run(), 0, entry -> hear(watch, entry)));
            if (!watches.containsValue(watch)) {
                // It ended before the subscription was known here.
                release(watch);
            }
        } catch (HostException e) {
            LOG.debug("Run {} is looked at instead of listened to", watch.run(), e);
            giveSlot();
        }
    }

    private void hear(Watch watch, JournalEntry entry) {
        if (entry.type().equals(EntryTypes.RUN_ENDED)) {
            ended(watch);
        }
    }

    private void ended(Watch watch) {
        if (watches.remove(watch.run(), watch)) {
            release(watch);
            executor.execute(watch.onEnd());
        }
    }

    private void release(Watch watch) {
        if (watch.stopListening()) {
            giveSlot();
        }
    }

    private synchronized boolean takeSlot() {
        if (listening >= limit) {
            return false;
        }
        listening++;
        return true;
    }

    private synchronized void giveSlot() {
        listening--;
    }

    @Override
    public void close() {
        closed = true;
        watches.values().forEach(this::release);
        watches.clear();
    }

    /** One run. */
    private static final class Watch {

        private final String run;
        private final Runnable onEnd;
        private volatile long lookedAt;
        private Subscription subscription;

        Watch(String run, Runnable onEnd, long lookedAt) {
            this.run = run;
            this.onEnd = onEnd;
            this.lookedAt = lookedAt;
        }

        String run() {
            return run;
        }

        Runnable onEnd() {
            return onEnd;
        }

        long lookedAt() {
            return lookedAt;
        }

        void look(long tick) {
            lookedAt = tick;
        }

        synchronized void listens(Subscription open) {
            subscription = open;
        }

        synchronized boolean isDue(long tick) {
            return subscription == null || tick - lookedAt >= TICKS_BETWEEN_LOOKS;
        }

        synchronized boolean stopListening() {
            if (subscription == null) {
                return false;
            }
            subscription.close();
            subscription = null;
            return true;
        }
    }
}
