/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The journal of this host, over whatever store is plugged in. Thread-safe. */
@Component(
        service = {Journal.class, JournaledStore.class, StreamWriter.class, Epochs.class},
        immediate = true,
        name = "org.openmcpchain.core.run.Journal",
        configurationPid = "org.openmcpchain.core.run.Journal")
@Designate(ocd = JournalSettings.class)
public final class HostJournal implements Journal, JournaledStore, StreamWriter, Epochs {

    private static final int MAX_PAGE = 1000;
    private static final int KIB_OF_MIB = 1024;

    private final ShieldedReads reads;
    private final StreamHeads heads;
    private final Deliveries deliveries;
    private final GroupWriter writer;

    /** Starts the writer. */
    @Activate
    public HostJournal(JournalSettings settings, @Reference ShieldedReads reads) {
        this(settings, reads, Clock.systemUTC());
    }

    HostJournal(JournalSettings settings, ShieldedReads reads, Clock clock) {
        this.reads = reads;
        heads = new StreamHeads(reads.store());
        deliveries = new Deliveries(reads, settings.subscriptionLimit());
        writer = new GroupWriter(
                reads.store(),
                clock,
                heads,
                settings.batchLimit(),
                settings.queueMebibytes() * KIB_OF_MIB,
                SettingText.duration("acknowledgeTimeout", settings.acknowledgeTimeout()),
                deliveries::wake);
        writer.start();
    }

    /** Writes what was accepted, then ends the threads. */
    @Deactivate
    public void close() {
        writer.close();
        deliveries.close();
    }

    @Override
    public JournalEntry append(String stream, String type, Map<String, ?> body) {
        return write(List.of(new EntryDraft(stream, type, body)), List.of()).get(0);
    }

    @Override
    public List<JournalEntry> write(List<EntryDraft> entries, List<StoreChange> rows) {
        return writer.write(WriteRules.checked(entries, rows, null));
    }

    @Override
    public Optional<List<JournalEntry>> writeBehind(
            String stream, long lastSeq, List<EntryDraft> entries, List<StoreChange> rows) {
        try {
            return Optional.of(
                    writer.write(WriteRules.checked(entries, rows, new WriteRequest.Behind(stream, lastSeq))));
        } catch (StreamMovedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void begin(long checkpoint) {
        writer.beginEpoch(checkpoint);
    }

    @Override
    public boolean moved() {
        return writer.moved();
    }

    @Override
    public List<JournalEntry> read(String stream, long afterSeq, int limit) {
        refuseUnlessPage(limit);
        return reads.entries(stream, afterSeq, limit);
    }

    @Override
    public Optional<JournalEntry> head(String stream) {
        return reads.head(stream);
    }

    @Override
    public List<String> streams(String after, int limit) {
        refuseUnlessPage(limit);
        return reads.ask(rows -> rows.streams(after, limit));
    }

    private static void refuseUnlessPage(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_PAGE);
        }
    }

    @Override
    public Subscription subscribe(String stream, long afterSeq, Consumer<JournalEntry> consumer) {
        return deliveries.open(stream, afterSeq, consumer);
    }

    @Override
    public JournalCheck verify(String stream) {
        return new StreamWalk(
                        reads,
                        stream,
                        heads.remembered(stream).stream()
                                .map(head -> new KnownEntry(head.seq(), head.hash(), "this host wrote another one"))
                                .toList())
                .run()
                .check();
    }

    @Override
    public Optional<StoredDocument> document(String collection, String id) {
        return reads.ask(rows -> rows.document(collection, id));
    }

    @Override
    public List<StoredDocument> documents(String collection) {
        return reads.ask(rows -> rows.documents(collection));
    }
}
