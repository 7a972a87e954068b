/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.proof.CanonicalJson;

/** A journal that keeps the bodies of what is appended, or is broken. */
final class FakeJournal implements Journal {

    final List<Map<String, Object>> bodies = new CopyOnWriteArrayList<>();
    volatile boolean broken;

    @Override
    public JournalEntry append(String stream, String type, Map<String, ?> body) {
        if (broken) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
        }
        bodies.add(Map.copyOf(body));
        String origin = JournalEntry.ORIGIN;
        return new JournalEntry(stream, bodies.size(), Instant.EPOCH, type, CanonicalJson.of(body), origin, origin);
    }

    @Override
    public List<JournalEntry> read(String stream, long afterSeq, int limit) {
        throw new UnsupportedOperationException();
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
