/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of one stream. It keeps a number and no queue: each time it is woken it reads what is behind the last
 * entry that it delivered. So a slow consumer costs no memory, and what was there before and what comes live are the
 * same thing: there is no seam for a gap or a duplicate.
 */
final class LiveSubscription implements Subscription, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSubscription.class);
    private static final int PAGE = 64;
    private static final int RETRY_SECONDS = 1;

    private final String stream;
    private final ShieldedReads reads;
    private final Consumer<JournalEntry> consumer;
    private final Executor threads;
    private final Consumer<LiveSubscription> onEnded;
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private long lastSeq;

    /** @param onEnded told once, when this subscription is closed and holds no thread any more */
    LiveSubscription(
            String stream,
            long afterSeq,
            ShieldedReads reads,
            Consumer<JournalEntry> consumer,
            Executor threads,
            Consumer<LiveSubscription> onEnded) {
        this.stream = stream;
        this.lastSeq = afterSeq;
        this.reads = reads;
        this.consumer = consumer;
        this.threads = threads;
        this.onEnded = onEnded;
    }

    String stream() {
        return stream;
    }

    /** There may be new entries. Whoever wakes it first gives it a thread; later wakes are served by that thread. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            threads.execute(this);
        }
    }

    @Override
    public void run() {
        int served;
        do {
            served = wakes.get();
            deliver();
        } while (wakes.addAndGet(-served) != 0);
        if (isClosed()) {
            end();
        }
    }

    private void deliver() {
        boolean more = true;
        while (more && !isClosed()) {
            try {
                List<JournalEntry> page = reads.entries(stream, lastSeq, PAGE);
                page.forEach(this::hand);
                more = page.size() == PAGE;
            } catch (HostException e) {
                LOG.debug("Stream {} cannot be read now", stream, e);
                pause();
            }
        }
    }

    private void hand(JournalEntry entry) {
        if (isClosed()) {
            return;
        }
        lastSeq = entry.seq();
        try {
            consumer.accept(entry);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The consumer of stream {} failed at entry {}; its subscription is closed", stream, lastSeq, e);
            close();
        }
    }

    private void pause() {
        try {
            if (closed.await(RETRY_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("Closed while waiting for the store");
            }
        } catch (InterruptedException e) {
            close();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Its thread, if it has one, ends it; otherwise it ends here. */
    @Override
    public void close() {
        closed.countDown();
        if (wakes.getAndIncrement() == 0) {
            end();
        }
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            onEnded.accept(this);
        }
    }
}
