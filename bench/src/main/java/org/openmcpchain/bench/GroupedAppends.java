/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.openmcpchain.journal.JournalEntry;

/**
 * The peers' group commit, as lean as it can be: one thread drains the queue, commits one transaction for all and wakes
 * each writer. Entries have the journal's size and columns, but nobody computes a canonical form or a hash.
 */
final class GroupedAppends implements DurableAppends {

    private static final int BATCH_LIMIT = 1024;
    private static final String BODY = "{\"note\":\"" + NOTE + "\"}";

    /** Ends the committer; every writer has stopped by then. */
    private static final Ticket LAST = new Ticket(null, -1);

    private final Commit commit;
    private final BlockingQueue<Ticket> queue = new LinkedBlockingQueue<>();
    private final Map<Integer, Long> lastSeqs = new HashMap<>();
    private final Thread committer = new Thread(this::commitAll, "bench-committer");
    private volatile Exception failure;

    /** Where entries go. */
    interface Commit extends AutoCloseable {

        /** Writes in one transaction and returns when it is on disk. */
        void write(List<JournalEntry> entries) throws Exception;

        @Override
        void close() throws SQLException;
    }

    GroupedAppends(Commit commit) {
        this.commit = commit;
        committer.setDaemon(true);
        committer.start();
    }

    @Override
    public void append(int writer) throws Exception {
        Ticket ticket = new Ticket(Thread.currentThread(), writer);
        queue.add(ticket);
        while (!ticket.done) {
            LockSupport.park(ticket);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void commitAll() {
        List<Ticket> batch = new ArrayList<>();
        try {
            for (Ticket first = queue.take(); first != LAST; first = queue.take()) {
                batch.add(first);
                queue.drainTo(batch, BATCH_LIMIT - 1);
                write(batch);
                batch.forEach(Ticket::acknowledge);
                batch.clear();
            }
        } catch (InterruptedException e) {
            failure = e;
        }
    }

    private void write(List<Ticket> batch) {
        try {
            commit.write(batch.stream().map(this::entry).toList());
        } catch (Exception e) {
            failure = e;
        }
    }

    private JournalEntry entry(Ticket ticket) {
        long seq = lastSeqs.merge(ticket.writer, 1L, Long::sum);
        return new JournalEntry(
                "run/bench-" + ticket.writer,
                seq,
                Instant.now(),
                "tool.returned",
                BODY,
                JournalEntry.ORIGIN,
                JournalEntry.ORIGIN);
    }

    @Override
    public void close() throws SQLException {
        queue.add(LAST);
        boolean ended = false;
        try {
            committer.join();
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            commit.close();
        }
    }

    private static final class Ticket {

        private final Thread owner;
        private final int writer;
        private volatile boolean done;

        Ticket(Thread owner, int writer) {
            this.owner = owner;
            this.writer = writer;
        }

        void acknowledge() {
            done = true;
            LockSupport.unpark(owner);
        }
    }
}
