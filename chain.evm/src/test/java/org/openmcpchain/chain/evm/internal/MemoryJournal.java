/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.proof.CanonicalJson;

/** A journal without a disk and without hashes: it survives the lives of a host within one test. */
final class MemoryJournal implements Journal {

    private final List<JournalEntry> entries = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    /** From now on nothing is written. */
    void breakDown() {
        broken = true;
    }

    List<JournalEntry> entries() {
        return entries;
    }

    @Override
    public synchronized JournalEntry append(String stream, String type, Map<String, ?> body) {
        if (broken) {
            throw org.openmcpchain.error.HostException.of(org.openmcpchain.error.JournalError.JOURNAL_UNAVAILABLE);
        }
        long seq = read(stream, 0, Integer.MAX_VALUE).size() + 1L;
        JournalEntry entry = new JournalEntry(stream, seq, Instant.now(), type, CanonicalJson.of(body), "", "");
        entries.add(entry);
        return entry;
    }

    @Override
    public List<JournalEntry> read(String stream, long afterSeq, int limit) {
        return entries.stream()
                .filter(entry -> entry.stream().equals(stream) && entry.seq() > afterSeq)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<JournalEntry> head(String stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> streams(String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(String stream, long afterSeq, Consumer<JournalEntry> consumer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JournalCheck verify(String stream) {
        throw new UnsupportedOperationException();
    }
}
