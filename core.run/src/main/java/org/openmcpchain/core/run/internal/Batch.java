/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.HeadMoved;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;

/** Writes that share one database transaction, each entry with its place and its hash. Used by the writer's thread. */
final class Batch {

    /** A write and its entries. */
    record Placed(WriteRequest request, List<JournalEntry> entries) {}

    private final StreamHeads heads;
    private final List<Placed> writes = new ArrayList<>();
    private final Map<String, Head> moved = new HashMap<>();

    private Batch(StreamHeads heads) {
        this.heads = heads;
    }

    /** Gives each write its place; one that cannot have it fails here and does not come along. */
    static Batch of(List<WriteRequest> requests, StreamHeads heads, Instant at) {
        Batch batch = new Batch(heads);
        for (WriteRequest request : requests) {
            try {
                batch.place(request, at);
            } catch (RuntimeException e) {
                request.outcome().completeExceptionally(e);
            }
        }
        return batch;
    }

    private void place(WriteRequest request, Instant at) {
        WriteRequest.Behind behind = request.behind();
        if (behind != null && head(behind.stream()).seq() != behind.lastSeq()) {
            throw new StreamMovedException();
        }
        Map<String, Head> fresh = new HashMap<>();
        List<JournalEntry> entries = new ArrayList<>(request.lines().size());
        for (WriteRequest.Line line : request.lines()) {
            Head head = fresh.containsKey(line.stream()) ? fresh.get(line.stream()) : head(line.stream());
            if (head.ended()) {
                throw HostException.of(JournalError.STREAM_ENDED, "stream", line.stream());
            }
            JournalEntry entry = follow(head, line, at);
            entries.add(entry);
            fresh.put(line.stream(), Head.of(entry));
        }
        moved.putAll(fresh);
        writes.add(new Placed(request, List.copyOf(entries)));
    }

    private Head head(String stream) {
        Head here = moved.get(stream);
        return here == null ? heads.of(stream) : here;
    }

    private static JournalEntry follow(Head head, WriteRequest.Line line, Instant at) {
        long seq = head.seq() + 1;
        String hash = JournalEntry.hashOf(line.stream(), seq, at, line.type(), line.body(), head.hash());
        return new JournalEntry(line.stream(), seq, at, line.type(), line.body(), head.hash(), hash);
    }

    List<Placed> writes() {
        return writes;
    }

    Map<String, Head> moved() {
        return moved;
    }

    /** @param epoch the number of the checkpoint that is to come */
    List<StoreChange> changes(long epoch) {
        List<StoreChange> changes = new ArrayList<>();
        moved.forEach((stream, head) -> changes.add(
                new HeadMoved(new StreamHead(stream, head.seq(), head.hash(), head.ended(), epoch, Optional.empty()))));
        for (Placed write : writes) {
            write.entries().forEach(entry -> changes.add(new EntryAppended(entry)));
            changes.addAll(write.request().rows());
        }
        return changes;
    }
}
