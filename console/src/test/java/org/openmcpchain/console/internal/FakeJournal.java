/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.proof.CanonicalJson;

/** A journal in memory. Subscribers are called on the thread that appends. */
final class FakeJournal implements Journal {

    final List<Consumer<JournalEntry>> subscribers = new CopyOnWriteArrayList<>();
    private final List<JournalEntry> entries = new CopyOnWriteArrayList<>();
    boolean intact = true;

    @Override
    public JournalEntry append(String stream, String type, Map<String, ?> body) {
        long seq = of(stream).size() + 1L;
        JournalEntry entry = new JournalEntry(
                stream, seq, FakeRun.AT, type, CanonicalJson.of(body), JournalEntry.ORIGIN, "f".repeat(64));
        entries.add(entry);
        subscribers.forEach(subscriber -> subscriber.accept(entry));
        return entry;
    }

    @Override
    public List<JournalEntry> read(String stream, long afterSeq, int limit) {
        return of(stream).stream()
                .filter(entry -> entry.seq() > afterSeq)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<JournalEntry> head(String stream) {
        List<JournalEntry> all = of(stream);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    @Override
    public List<String> streams(String after, int limit) {
        TreeSet<String> names = new TreeSet<>();
        entries.forEach(entry -> names.add(entry.stream()));
        return names.tailSet(after, false).stream().limit(limit).toList();
    }

    @Override
    public Subscription subscribe(String stream, long afterSeq, Consumer<JournalEntry> consumer) {
        read(stream, afterSeq, Integer.MAX_VALUE).forEach(consumer);
        subscribers.add(consumer);
        return () -> subscribers.remove(consumer);
    }

    @Override
    public JournalCheck verify(String stream) {
        if (of(stream).isEmpty()) {
            throw HostException.of(JournalError.STREAM_UNKNOWN);
        }
        return intact
                ? new JournalCheck(
                        stream, of(stream).size(), true, org.openmcpchain.journal.Damage.NONE, 0, null, "f".repeat(64))
                : new JournalCheck(
                        stream,
                        2,
                        false,
                        org.openmcpchain.journal.Damage.EDITED,
                        2,
                        "the body was changed",
                        "f".repeat(64));
    }

    private List<JournalEntry> of(String stream) {
        return entries.stream().filter(entry -> entry.stream().equals(stream)).toList();
    }
}
