/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.journal.JournalEntry;

/** One write on its way to the disk: everything about it was checked, it only has no place in its streams yet. */
final class WriteRequest {

    /** An entry with its body in canonical form. */
    record Line(String stream, String type, String body) {}

    /** The last entry that a stream must have for this write to be made. */
    record Behind(String stream, long lastSeq) {}

    private final List<Line> lines;
    private final List<StoreChange> rows;
    private final Behind behind;
    private final int kibibytes;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<List<JournalEntry>> outcome = new CompletableFuture<>();

    /** @param behind null when the write may go anywhere */
    WriteRequest(List<Line> lines, List<StoreChange> rows, Behind behind, int kibibytes) {
        this.lines = lines;
        this.rows = rows;
        this.behind = behind;
        this.kibibytes = kibibytes;
    }

    List<Line> lines() {
        return lines;
    }

    List<StoreChange> rows() {
        return rows;
    }

    Behind behind() {
        return behind;
    }

    int kibibytes() {
        return kibibytes;
    }

    /** The first who asks gets it: the writer to write it, or its sender, who lost patience, to take it back. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    CompletableFuture<List<JournalEntry>> outcome() {
        return outcome;
    }
}
