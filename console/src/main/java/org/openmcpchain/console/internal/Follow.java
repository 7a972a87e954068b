/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;

/**
 * Follows the stream of a run on the thread of the command, until the run has ended, the thread is interrupted (Ctrl-C) or
 * the reader has left. The journal's thread only hands over: what is printed there would not reach the session.
 */
final class Follow {

    private static final int AHEAD = 256;
    private static final long GLANCE_MILLIS = 500;

    private final BlockingQueue<JournalEntry> queue = new ArrayBlockingQueue<>(AHEAD);
    private volatile boolean closed;

    /** @return whether the run has ended */
    boolean run(Journal journal, String stream, long after, Consumer<JournalEntry> each, BooleanSupplier deserted) {
        try (Subscription subscription = journal.subscribe(stream, after, this::handOver)) {
            while (!deserted.getAsBoolean()) {
                JournalEntry entry = queue.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                if (entry != null) {
                    each.accept(entry);
                    if (entry.type().equals(EntryTypes.RUN_ENDED)) {
                        return true;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
        }
        return false;
    }

    /** A reader that is slow holds up the journal's thread for its own subscription only, and not once it has gone. */
    private void handOver(JournalEntry entry) {
        try {
            while (!closed && !queue.offer(entry, GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
                // try again while somebody reads
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
