/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.openmcpchain.journal.Checkpoint;
import org.openmcpchain.journal.JournalEntry;

/** Reads the stream of checkpoints. Thread-safe. */
final class CheckpointLog {

    private static final int PAGE = 100;

    /** A checkpoint and the entry that completes it. */
    record Complete(Checkpoint checkpoint, long seq) {}

    private final ShieldedReads reads;

    CheckpointLog(ShieldedReads reads) {
        this.reads = reads;
    }

    /** The newest ones, newest first. */
    List<Complete> newest(int limit) {
        return newest(
                limit, reads.head(Checkpoints.STREAM).map(JournalEntry::seq).orElse(0L));
    }

    private List<Complete> newest(int limit, long throughSeq) {
        List<Complete> found = new ArrayList<>();
        long end = throughSeq;
        while (end > 0 && found.size() < limit) {
            long after = Math.max(0, end - PAGE);
            List<JournalEntry> page = reads.entries(Checkpoints.STREAM, after, (int) (end - after));
            for (int i = page.size() - 1; i >= 0 && found.size() < limit; i--) {
                JournalEntry entry = page.get(i);
                Checkpoints.complete(entry).ifPresent(one -> found.add(new Complete(one, entry.seq())));
            }
            end = after;
        }
        return found;
    }

    Optional<Complete> newest() {
        return newest(1).stream().findFirst();
    }

    /** The newest one that an entry up to this one completes. */
    Optional<Complete> newestUpTo(long throughSeq) {
        return newest(1, throughSeq).stream().findFirst();
    }

    /** Every complete one up to an entry, oldest first. */
    void each(long throughSeq, Consumer<Complete> consumer) {
        entries(throughSeq, entry -> Checkpoints.complete(entry)
                .ifPresent(one -> consumer.accept(new Complete(one, entry.seq()))));
    }

    /**
     * What the checkpoints say last of the streams in a part of the alphabet. Only these are kept, so memory is bounded by
     * the part; the price is that each part reads all checkpoints.
     *
     * @param after names behind this
     * @param through names up to this, or null for no bound
     */
    TreeMap<String, Checkpoints.Mark> marks(long throughSeq, String after, String through) {
        TreeMap<String, Checkpoints.Mark> marks = new TreeMap<>();
        entries(throughSeq, entry -> Checkpoints.marks(entry).stream()
                .filter(mark -> mark.stream().compareTo(after) > 0
                        && (through == null || mark.stream().compareTo(through) <= 0))
                .forEach(mark -> marks.put(mark.stream(), mark)));
        return marks;
    }

    private void entries(long throughSeq, Consumer<JournalEntry> consumer) {
        long after = 0;
        List<JournalEntry> page;
        do {
            page = reads.entries(Checkpoints.STREAM, after, PAGE);
            for (JournalEntry entry : page) {
                after = entry.seq();
                if (after > throughSeq) {
                    return;
                }
                consumer.accept(entry);
            }
        } while (page.size() == PAGE);
    }
}
