/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The journal. Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface Journal {

    /**
     * Appends an entry and returns when it is forced to disk. Concurrent appends share one force.
     *
     * @param body string, boolean, {@code Integer}, {@code Long}, {@code BigInteger}, list and map values, nested at
     *     will; null values are left out, whole numbers are written as strings, floating-point numbers are refused
     *     <p>Errors: {@code ENTRY_TOO_LARGE} (more than 1 MiB), {@code JSON_NOT_CANONICAL}, {@code STREAM_ENDED} (the
     *     run of this stream has ended).
     */
    JournalEntry append(String stream, String type, Map<String, ?> body);

    /** Entries of a stream behind a sequence number (0 for all), oldest first, at most {@code limit} (1 to 1,000). */
    List<JournalEntry> read(String stream, long afterSeq, int limit);

    /** The last entry of a stream, or empty. */
    Optional<JournalEntry> head(String stream);

    /** Names of streams in the order of the alphabet, behind a name (empty for all), at most {@code limit}. */
    List<String> streams(String after, int limit);

    /**
     * Calls back for each entry of a stream behind a sequence number, in order and without gaps: those that are there
     * first, then each new one after it is on disk. Calls come one at a time on a thread of the journal; a consumer
     * that is slow delays only itself.
     */
    Subscription subscribe(String stream, long afterSeq, Consumer<JournalEntry> consumer);

    /** Walks a stream and recomputes each hash. Error: {@code STREAM_UNKNOWN}. */
    JournalCheck verify(String stream);
}
