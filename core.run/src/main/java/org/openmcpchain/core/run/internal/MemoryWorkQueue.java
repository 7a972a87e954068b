/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.openmcpchain.core.run.WorkQueue;
import org.openmcpchain.journal.Subscription;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue that loses everything when it stops, for the store that does so, too: it is there only when that store is.
 * Thread-safe.
 */
@Component(
        service = WorkQueue.class,
        name = "org.openmcpchain.core.run.MemoryQueue",
        configurationPid = "org.openmcpchain.core.run.MemoryStore",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MemoryWorkQueue implements WorkQueue {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryWorkQueue.class);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(2);
    /** Due times are the clock's, waits are the machine's; a clock that is moved is seen after this. */
    private static final long LONGEST_WAIT_MILLIS = 50;

    private static final Comparator<Item> BY_DUE =
            Comparator.comparing((Item item) -> item.due).thenComparingLong(item -> item.number);

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Kind> kinds = new HashMap<>();
    private long count;
    private boolean closed;

    /** One kind of work. */
    private static final class Kind {
        private final Map<String, Item> items = new HashMap<>();
        private final TreeSet<Item> waiting = new TreeSet<>(BY_DUE);
        private Server server;
    }

    /** Something to do. While somebody works on it, it is not among those that wait. */
    private static final class Item {
        private final String id;
        private Instant due;
        private long number;
        private Server worker;
        private Instant again;

        private Item(String id) {
            this.id = id;
        }
    }

    /** An empty queue. */
    @Activate
    public MemoryWorkQueue() {
        this(Clock.systemUTC());
    }

    MemoryWorkQueue(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void put(String kind, String id, Instant due) {
        locked(() -> {
            Kind work = kind(kind);
            Item item = work.items.computeIfAbsent(id, Item::new);
            if (item.worker == null) {
                line(work, item, due);
            } else {
                item.again = item.again == null || due.isBefore(item.again) ? due : item.again;
            }
        });
    }

    private Kind kind(String name) {
        return kinds.computeIfAbsent(name, unused -> new Kind());
    }

    private void line(Kind work, Item item, Instant due) {
        if (item.due != null) {
            work.waiting.remove(item);
        }
        item.worker = null;
        item.again = null;
        item.due = due;
        item.number = count++;
        work.waiting.add(item);
        changed.signalAll();
    }

    @Override
    public void remove(String kind, String id) {
        locked(() -> {
            Kind work = kind(kind);
            Item item = work.items.get(id);
            if (item != null && item.worker == null) {
                work.waiting.remove(item);
                work.items.remove(id);
            }
        });
    }

    @Override
    public long size(String kind) {
        lock.lock();
        try {
            return kind(kind).items.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Subscription serve(String kind, int threads, Handler handler) {
        Server server = new Server(kind, handler);
        locked(() -> {
            Kind work = kind(kind);
            if (work.server != null) {
                throw new IllegalStateException("somebody serves " + kind + " already");
            }
            work.server = server;
        });
        NamedThreads names = new NamedThreads("openmcp-" + kind);
        for (int i = 0; i < threads; i++) {
            names.newThread(server::workUntilClosed).start();
        }
        return server::close;
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Lets all workers go. */
    @Deactivate
    public void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
        });
    }

    /** Who serves a kind of work. */
    private final class Server {

        private final String kind;
        private final Handler handler;
        private boolean gone;

        private Server(String kind, Handler handler) {
            this.kind = kind;
            this.handler = handler;
        }

        private void workUntilClosed() {
            for (Optional<Item> next = take(); next.isPresent(); next = take()) {
                Item item = next.get();
                Optional<Duration> again = work(item.id);
                locked(() -> done(item, again));
            }
        }

        private Optional<Item> take() {
            lock.lock();
            try {
                Kind work = kind(kind);
                while (!gone && !closed) {
                    if (!work.waiting.isEmpty() && !work.waiting.first().due.isAfter(clock.instant())) {
                        Item item = work.waiting.pollFirst();
                        item.worker = this;
                        return Optional.of(item);
                    }
                    await(!work.waiting.isEmpty());
                }
                return Optional.empty();
            } finally {
                lock.unlock();
            }
        }

        private void await(boolean somethingWaits) {
            if (!somethingWaits) {
                changed.awaitUninterruptibly();
                return;
            }
            try {
                changed.await(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // Nobody has reason to interrupt a worker outside of its work: what was meant for the work is void.
                LOG.debug("An interrupt came too late", e);
            }
        }

        private Optional<Duration> work(String id) {
            try {
                return handler.work(id);
            } catch (RuntimeException | Error e) {
                LOG.error("Work on {} {} failed and is done again", kind, id, e);
                return Optional.of(AFTER_A_FAULT);
            }
        }

        /** What comes from a worker whose item was given to somebody else does not count. */
        private void done(Item item, Optional<Duration> again) {
            if (item.worker != this) {
                return;
            }
            Instant due = again.map(clock.instant()::plus).orElse(null);
            if (item.again != null && (due == null || item.again.isBefore(due))) {
                due = item.again;
            }
            Kind work = kind(kind);
            if (due == null) {
                work.items.remove(item.id);
            } else {
                line(work, item, due);
            }
        }

        /** Nobody is waited for: what is in work goes to the next server, as if its lease had run out. */
        private void close() {
            locked(() -> {
                if (gone) {
                    return;
                }
                gone = true;
                Kind work = kind(kind);
                work.server = null;
                work.items.values().stream()
                        .filter(item -> item.worker == this)
                        .forEach(item -> line(work, item, clock.instant()));
                changed.signalAll();
            });
        }
    }
}
