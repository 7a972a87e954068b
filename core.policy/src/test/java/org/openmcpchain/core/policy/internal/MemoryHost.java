/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.lang.annotation.Annotation;
import java.util.List;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.core.run.internal.HostJournal;
import org.openmcpchain.core.run.internal.JournalSettings;
import org.openmcpchain.core.run.internal.MemoryRunStore;
import org.openmcpchain.core.run.internal.MemorySettings;
import org.openmcpchain.core.run.internal.ShieldedReads;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;

/** The real journal over the real store in memory; {@link #breakDown} makes it refuse to write. */
final class MemoryHost implements JournaledStore, AutoCloseable {

    private final HostJournal journal;
    private volatile boolean broken;

    MemoryHost() {
        journal = new HostJournal(new Journaling(), ShieldedReads.of(new MemoryRunStore(new Memory())));
    }

    HostJournal journal() {
        return journal;
    }

    void breakDown(boolean down) {
        broken = down;
    }

    /** Every entry of a stream. */
    List<JournalEntry> entries(String stream) {
        return journal.read(stream, 0, 1000);
    }

    @Override
    public List<JournalEntry> write(List<EntryDraft> entries, List<StoreChange> rows) {
        if (broken) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
        }
        return journal.write(entries, rows);
    }

    @Override
    public java.util.Optional<StoredDocument> document(String collection, String id) {
        return journal.document(collection, id);
    }

    @Override
    public List<StoredDocument> documents(String collection) {
        return journal.documents(collection);
    }

    @Override
    public void close() {
        journal.close();
    }

    private static final class Memory implements MemorySettings {
        @Override
        public long entryLimit() {
            return 1_000_000;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return MemorySettings.class;
        }
    }

    private static final class Journaling implements JournalSettings {
        @Override
        public int batchLimit() {
            return 1024;
        }

        @Override
        public int queueMebibytes() {
            return 64;
        }

        @Override
        public String acknowledgeTimeout() {
            return "PT60S";
        }

        @Override
        public int subscriptionLimit() {
            return 16;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return JournalSettings.class;
        }
    }
}
