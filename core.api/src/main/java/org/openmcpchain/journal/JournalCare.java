/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the journal small and its contents safe: archives of finished runs, and snapshots of everything. Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface JournalCare {

    /**
     * Moves the streams of runs that ended before a moment out of the database into an archive file. They can be read and
     * verified as before; what was moved, and the digest of the file, is journaled.
     */
    Compaction compact(Instant endedBefore, String principal);

    /**
     * Writes a snapshot of all rows.
     *
     * @param full whether everything is written; otherwise only what changed since the snapshot before
     */
    Snapshot snapshot(boolean full, String principal);

    /** Snapshots, newest first. */
    List<Snapshot> snapshots();

    /** Reads a snapshot with all that it builds on, and recomputes its hashes. Errors: {@code SNAPSHOT_UNKNOWN}, {@code SNAPSHOT_BROKEN}. */
    Snapshot verify(String id);

    /**
     * What was archived.
     *
     * @param runs how many runs
     * @param entries how many entries
     * @param archive the file's name, or empty when there was nothing to archive
     * @param sha256 its digest, lower-case hex, or empty
     */
    record Compaction(long runs, long entries, String archive, String sha256) {}

    /**
     * A snapshot.
     *
     * @param id its name; ids sort by time
     * @param at when it was taken
     * @param base the id of the snapshot that it adds to, or empty for a full one
     * @param rows how many rows it holds itself
     * @param bytes the size of its file
     * @param stateHash the hash over all rows as they were then, lower-case hex
     */
    record Snapshot(String id, Instant at, String base, long rows, long bytes, String stateHash) {}
}
