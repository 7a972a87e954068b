/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Proof that the journal is whole. A checkpoint is the root of a Merkle tree (RFC 9162) over the heads of all streams; it is
 * journaled and written to a file beside the database, so that a stream that lost its tail, or all of itself, shows.
 * Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface JournalAudit {

    /**
     * Walks every stream, recomputes every hash and compares all with the checkpoints.
     *
     * @param progress called now and then with the number of streams done and of all streams
     */
    Report verifyAll(Consumer<Progress> progress);

    /** Makes a checkpoint now. */
    Checkpoint checkpoint();

    /** Checkpoints, newest first, at most {@code limit} (1 to 1,000). */
    List<Checkpoint> checkpoints(int limit);

    /** How far a walk is. */
    record Progress(long streams, long of) {}

    /**
     * What a walk over everything found.
     *
     * @param streams how many streams were walked
     * @param entries how many entries were read
     * @param intact whether everything is whole
     * @param broken the streams that are not, at most 1,000
     * @param checkpoint the newest checkpoint that all was compared with, or empty
     */
    record Report(
            long streams, long entries, boolean intact, List<JournalCheck> broken, Optional<Checkpoint> checkpoint) {

        /** Copies the list. */
        public Report {
            broken = List.copyOf(broken);
        }
    }
}
