/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Reads the store on threads that nobody interrupts. Runs and tool calls are stopped by interrupting their threads, and
 * the embedded database reads its file through a {@code FileChannel}, which an interrupt closes: one cancelled run would
 * take the database down. Thread-safe.
 */
@Component(service = ShieldedReads.class, name = "org.openmcpchain.core.run.Reads")
public final class ShieldedReads {

    private static final int READERS = 8;
    private static final int PAGE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunStore store;
    private final Archives archives;
    private final ThreadPoolExecutor readers;
    private final Duration patience;

    /** Shields a store whose rows, where that was wanted, have come back from a snapshot. */
    @Activate
    public ShieldedReads(@Reference Restoration restoration) {
        this(restoration.store(), restoration.folder());
    }

    /** Shields a store that has no files beside it. No second constructor: DS would try it, and log an error. */
    public static ShieldedReads of(RunStore store) {
        return new ShieldedReads(store, JournalFolder.NONE, PATIENCE);
    }

    /** Shields a store and the archives beside it. */
    public ShieldedReads(RunStore store, JournalFolder folder) {
        this(store, folder, PATIENCE);
    }

    ShieldedReads(RunStore store, JournalFolder folder, Duration patience) {
        this.store = store;
        this.patience = patience;
        archives = new Archives(folder);
        readers = new ThreadPoolExecutor(
                READERS,
                READERS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads("openmcp-journal-read"));
        readers.allowCoreThreadTimeOut(true);
    }

    /** Asks the store. Error: {@code JOURNAL_UNAVAILABLE}, also when it does not answer within 30 seconds. */
    <T> T ask(Function<RunStore, T> question) {
        FutureTask<T> answer = new FutureTask<>(() -> question.apply(store));
        try {
            readers.execute(answer);
            return Uninterrupted.get(answer, patience);
        } catch (TimeoutException | RejectedExecutionException e) {
            readers.remove(answer); // nobody waits for it any more; one that has begun is not interrupted
            throw HostException.caused(e, JournalError.JOURNAL_UNAVAILABLE, "detail", "the store does not answer");
        }
    }

    /** How many questions wait for a thread. */
    int waiting() {
        return readers.getQueue().size();
    }

    /** The store itself, for the one thread that writes; so all parts of the host use the same one. */
    RunStore store() {
        return store;
    }

    /** Entries of a stream behind a sequence number, from the store or from an archive. */
    List<JournalEntry> entries(String stream, long afterSeq, int limit) {
        List<JournalEntry> found = ask(rows -> rows.entries(stream, afterSeq, limit));
        return found.isEmpty() ? archived(stream, afterSeq, limit) : found;
    }

    private List<JournalEntry> archived(String stream, long afterSeq, int limit) {
        Optional<StreamHead> head = ask(rows -> rows.streamHead(stream)).filter(known -> known.seq() > afterSeq);
        return head.flatMap(StreamHead::archive)
                .map(place -> archives.entries(place, stream).stream()
                        .filter(entry -> entry.seq() > afterSeq)
                        .limit(limit)
                        .toList())
                .orElse(List.of());
    }

    /** The last entry of a stream, from the store or from an archive. */
    Optional<JournalEntry> head(String stream) {
        Optional<JournalEntry> found = ask(rows -> rows.head(stream));
        if (found.isPresent()) {
            return found;
        }
        List<JournalEntry> archived = archived(stream, 0, Integer.MAX_VALUE);
        return archived.isEmpty() ? Optional.empty() : Optional.of(archived.get(archived.size() - 1));
    }

    /** Every entry of a stream behind a sequence number. */
    List<JournalEntry> entriesBehind(String stream, long afterSeq) {
        List<JournalEntry> all = new ArrayList<>();
        long seq = afterSeq;
        while (true) {
            long behind = seq;
            List<JournalEntry> page = entries(stream, behind, PAGE);
            all.addAll(page);
            if (page.size() < PAGE) {
                return all;
            }
            seq = page.get(page.size() - 1).seq();
        }
    }

    /** Ends the threads. */
    @Deactivate
    public void close() {
        readers.shutdown();
    }
}
