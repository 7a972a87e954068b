/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It drains the queue, commits everything in one database transaction that is forced to
 * disk, and then acknowledges each write: while one batch is being forced the next one gathers, so 64 senders pay for
 * one force and not for 64. Source: group commit, Gawlick and Kinkade, 1985. Thread-safe.
 */
final class GroupWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    private static final int BATCH_KIB = 8 * 1024;
    private static final Duration SINGLE_RETRIES = Duration.ofSeconds(5);

    private final RunStore store;
    private final Clock clock;
    private final StreamHeads heads;
    private final int batchLimit;
    private final Duration patience;
    private final Consumer<Collection<String>> onMoved;
    private final Semaphore room;
    /** Ends the thread when it comes out of the queue. */
    private final WriteRequest last = new WriteRequest(List.of(), List.of(), null, 0);

    private final BlockingQueue<WriteRequest> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Object epochLock = new Object();
    /** The number of the checkpoint that comes next; 0 until the store was asked. Guarded by its lock. */
    private long epoch;
    /** Guarded by the same lock. */
    private boolean moved = true;

    private volatile boolean closed;

    /**
     * @param queueKibibytes what may wait and be under way at most
     * @param patience how long a sender waits for room, and again for its acknowledgement
     * @param onMoved told, on the writer's thread, which streams have new entries on disk
     */
    GroupWriter(
            RunStore store,
            Clock clock,
            StreamHeads heads,
            int batchLimit,
            int queueKibibytes,
            Duration patience,
            Consumer<Collection<String>> onMoved) {
        this.store = store;
        this.clock = clock;
        this.heads = heads;
        this.batchLimit = batchLimit;
        this.patience = patience;
        this.onMoved = onMoved;
        room = new Semaphore(queueKibibytes);
        thread = new Thread(this::writeUntilClosed, "openmcp-journal-write");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Queues a write and returns when it is on disk. */
    List<JournalEntry> write(WriteRequest request) {
        if (!Uninterrupted.acquire(room, request.kibibytes(), patience)) {
            throw unavailable("the queue of the journal is full");
        }
        request.outcome().whenComplete((entries, failure) -> room.release(request.kibibytes()));
        queue.add(request);
        if (closed && queue.remove(request)) {
            request.outcome().completeExceptionally(unavailable("the journal is closed"));
        }
        try {
            return Uninterrupted.get(request.outcome(), patience);
        } catch (TimeoutException e) {
            if (request.take()) {
                queue.remove(request); // before its room is given back: what waits here is bounded by the room
                request.outcome().completeExceptionally(e);
                throw unavailable("the journal did not get to this write in time; it was taken back");
            }
            throw unavailable("the journal did not acknowledge this write in time; it may still be written");
        }
    }

    /** How many writes wait for the thread. */
    int waiting() {
        return queue.size();
    }

    private void writeUntilClosed() {
        try {
            List<WriteRequest> batch = new ArrayList<>();
            boolean more = true;
            while (more) {
                more = gather(batch);
                commit(batch);
                batch.clear();
            }
        } finally {
            closed = true;
            failTheRest();
        }
    }

    /** Waits for a write and takes along what else is there. False: nothing comes any more. */
    private boolean gather(List<WriteRequest> batch) {
        int kibibytes = 0;
        WriteRequest next = await();
        while (next != null && next != last) {
            if (next.take()) {
                batch.add(next);
                kibibytes += next.kibibytes();
            }
            boolean full = batch.size() >= batchLimit || kibibytes >= BATCH_KIB;
            next = full ? null : queue.poll();
        }
        return next != last;
    }

    private WriteRequest await() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                LOG.debug("The writer of the journal ends by close and not by interrupt", e);
            }
        }
    }

    /**
     * Says which checkpoint comes next. When this returns, everything that was marked with the one before is on disk or
     * will never be.
     */
    void beginEpoch(long checkpoint) {
        synchronized (epochLock) {
            epoch = checkpoint;
            moved = false;
        }
    }

    /** Whether a stream other than that of the checkpoints may have moved since the epoch began. */
    boolean moved() {
        synchronized (epochLock) {
            return moved;
        }
    }

    private void commit(List<WriteRequest> requests) {
        synchronized (epochLock) {
            commitInEpoch(requests);
        }
    }

    private void commitInEpoch(List<WriteRequest> requests) {
        Batch batch = Batch.of(requests, heads, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (batch.writes().isEmpty()) {
            return;
        }
        try {
            if (epoch == 0) {
                epoch = Checkpoints.next(store);
            }
            moved |= batch.moved().size() > 1 || !batch.moved().containsKey(Checkpoints.STREAM);
            store.commit(batch.changes(epoch));
        } catch (RuntimeException | Error failure) {
            heads.forget(batch.moved().keySet());
            settle(batch, failure);
            return;
        }
        acknowledge(batch);
    }

    /** A commit that failed may have been done all the same, and one bad write must not take others along. */
    private void settle(Batch batch, Throwable failure) {
        if (isOnDisk(batch)) {
            acknowledge(batch);
        } else if (batch.writes().size() == 1) {
            batch.writes().get(0).request().outcome().completeExceptionally(asUnavailable(failure));
        } else {
            LOG.warn(
                    "A commit of {} writes failed; each is tried alone",
                    batch.writes().size(),
                    failure);
            long end = System.nanoTime() + SINGLE_RETRIES.toNanos();
            for (Batch.Placed write : batch.writes()) {
                if (System.nanoTime() - end < 0) {
                    commit(List.of(write.request()));
                } else {
                    write.request().outcome().completeExceptionally(asUnavailable(failure));
                }
            }
        }
    }

    private boolean isOnDisk(Batch batch) {
        JournalEntry first = batch.writes().get(0).entries().get(0);
        try {
            List<JournalEntry> found = store.entries(first.stream(), first.seq() - 1, 1);
            return !found.isEmpty() && found.get(0).hash().equals(first.hash());
        } catch (RuntimeException e) {
            LOG.debug("The store does not answer either", e);
            return false;
        }
    }

    private void acknowledge(Batch batch) {
        heads.moved(batch.moved());
        batch.writes().forEach(write -> write.request().outcome().complete(write.entries()));
        try {
            onMoved.accept(batch.moved().keySet());
        } catch (RuntimeException e) {
            LOG.warn("Subscribers could not be woken; they see these entries with the next ones", e);
        }
    }

    private void failTheRest() {
        for (WriteRequest rest = queue.poll(); rest != null; rest = queue.poll()) {
            if (rest.take()) {
                rest.outcome().completeExceptionally(unavailable("the journal is closed"));
            }
        }
    }

    private static HostException unavailable(String detail) {
        return HostException.of(JournalError.JOURNAL_UNAVAILABLE, "detail", detail);
    }

    private static RuntimeException asUnavailable(Throwable failure) {
        return failure instanceof HostException known
                ? known
                : HostException.caused(failure, JournalError.JOURNAL_UNAVAILABLE);
    }

    /** Writes what is queued, then ends. */
    @Override
    public void close() {
        closed = true;
        queue.add(last);
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
