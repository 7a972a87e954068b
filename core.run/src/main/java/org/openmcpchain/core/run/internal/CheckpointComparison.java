/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Optional;
import org.openmcpchain.journal.Checkpoint;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;

/** Holds the checkpoints of the journal beside those of the file: a database that was put back in time shows here. */
final class CheckpointComparison {

    private final CheckpointLog log;
    private final CheckpointFile file;
    private JournalCheck difference;
    private Checkpoint before;

    CheckpointComparison(CheckpointLog log, CheckpointFile file) {
        this.log = log;
        this.file = file;
    }

    /** The first difference up to an entry of the stream. For one use. */
    Optional<JournalCheck> differences(long throughSeq) {
        try (CheckpointFile.Lines lines = file.lines()) {
            log.each(throughSeq, complete -> {
                if (difference == null) {
                    compare(complete, lines.next());
                }
            });
            // A checkpoint that was made meanwhile is not a difference: the file is written after the journal.
            long last = before == null ? 0 : before.number();
            long newest = log.newest().map(one -> one.checkpoint().number()).orElse(0L);
            for (Optional<Checkpoint> line = lines.next(); difference == null && line != null; line = lines.next()) {
                if (line.map(Checkpoint::number).orElse(0L) > Math.max(last, newest)) {
                    difference = broken(
                            throughSeq == 0 ? Damage.REMOVED : Damage.TRUNCATED,
                            throughSeq + 1,
                            "the file has checkpoints that the journal has not");
                }
            }
        }
        return Optional.ofNullable(difference);
    }

    private void compare(CheckpointLog.Complete complete, Optional<Checkpoint> line) {
        Checkpoint checkpoint = complete.checkpoint();
        if (before != null && !checkpoint.previous().equals(before.root())) {
            difference = broken(Damage.EDITED, complete.seq(), "it does not follow the checkpoint before it");
        } else if (line == null) {
            difference = broken(Damage.TRUNCATED, complete.seq(), "the file lacks this checkpoint and those behind it");
        } else if (line.isEmpty() || line.get().number() != checkpoint.number()) {
            difference = broken(Damage.EDITED, complete.seq(), "the file has something else in its place");
        } else if (!line.get().root().equals(checkpoint.root())
                || !line.get().previous().equals(checkpoint.previous())
                || line.get().streams() != checkpoint.streams()
                || line.get().entries() != checkpoint.entries()) {
            difference = broken(Damage.EDITED, complete.seq(), "the file says otherwise");
        }
        before = checkpoint;
    }

    private static JournalCheck broken(Damage damage, long at, String detail) {
        return new JournalCheck(Checkpoints.STREAM, 0, false, damage, at, detail, JournalEntry.ORIGIN);
    }
}
