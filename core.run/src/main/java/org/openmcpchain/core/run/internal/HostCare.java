/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalCare;
import org.openmcpchain.journal.JournalEntry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives and snapshots, by call and on a schedule. All work is done on one thread that nobody interrupts, because it reads
 * the database. Thread-safe.
 */
@Component(
        service = JournalCare.class,
        immediate = true,
        name = "org.openmcpchain.core.run.Care",
        configurationPid = "org.openmcpchain.core.run.Care")
@Designate(ocd = CareSettings.class)
public final class HostCare implements JournalCare {

    private static final Logger LOG = LoggerFactory.getLogger(HostCare.class);
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration LOOK = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final String HOST = "host";
    private static final int PAGE = 500;

    private final Journal journal;
    private final ShieldedReads reads;
    private final SnapshotFiles files;
    private final Compactor compactor;
    private final CareSettings settings;
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("openmcp-journal-care"));
    private volatile boolean closed;
    private Instant lastCompaction = Instant.MIN;

    /** Begins to look after the journal. */
    @Activate
    public HostCare(
            CareSettings settings,
            @Reference Journal journal,
            @Reference JournaledStore store,
            @Reference ShieldedReads reads,
            @Reference JournalFolder folder) {
        this.settings = settings;
        this.journal = journal;
        this.reads = reads;
        files = new SnapshotFiles(folder);
        compactor = new Compactor(store, reads, folder, () -> closed);
        every("archiveAfter", settings.archiveAfter());
        every("fullEvery", settings.fullEvery());
        every("incrementalEvery", settings.incrementalEvery());
        worker.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Optional<Duration> every(String key, String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(SettingText.duration(key, text.strip()));
    }

    /** Does what is due. */
    private void look() {
        try {
            lookAt(Clock.systemUTC().instant());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The journal could not be looked after; it is tried again", e);
        }
    }

    void lookAt(Instant now) throws IOException {
        Optional<Duration> age = every("archiveAfter", settings.archiveAfter());
        if (age.isPresent() && lastCompaction.isBefore(now.minus(DAY))) {
            compactor.compact(now.minus(age.get()), HOST);
            lastCompaction = now;
        }
        List<SnapshotFiles.Known> all = files.all();
        Optional<Duration> fullEvery = every("fullEvery", settings.fullEvery());
        Optional<Duration> incrementalEvery = every("incrementalEvery", settings.incrementalEvery());
        Instant full = newest(all, true);
        if (fullEvery.isPresent() && full.isBefore(now.minus(fullEvery.get()))) {
            take(true, HOST);
        } else if (incrementalEvery.isPresent()
                && full.isAfter(Instant.MIN)
                && newest(all, false).isBefore(now.minus(incrementalEvery.get()))) {
            take(false, HOST);
        }
    }

    private static Instant newest(List<SnapshotFiles.Known> all, boolean full) {
        return all.stream()
                .map(SnapshotFiles.Known::snapshot)
                .filter(snapshot -> !full || snapshot.base().isEmpty())
                .map(Snapshot::at)
                .findFirst()
                .orElse(Instant.MIN);
    }

    @Override
    public Compaction compact(Instant endedBefore, String principal) {
        return onWorker(() -> compactor.compact(endedBefore, principal));
    }

    @Override
    public Snapshot snapshot(boolean full, String principal) {
        return onWorker(() -> take(full, principal));
    }

    private Snapshot take(boolean full, String principal) throws IOException {
        files.settle();
        List<SnapshotFiles.Known> all = files.all();
        List<SnapshotFiles.Known> base = full || all.isEmpty()
                ? List.of()
                : files.chainOf(all.get(0).snapshot().id());
        SnapshotFiles.Known known = new SnapshotWriter(reads.store(), files, () -> closed).write(base);
        Snapshot snapshot = known.snapshot();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", snapshot.id());
        body.put("base", snapshot.base());
        body.put("rows", snapshot.rows());
        body.put("bytes", snapshot.bytes());
        body.put("stateHash", snapshot.stateHash());
        body.put("sha256", known.sha256());
        body.put("principal", principal);
        journal.append(JournalEntry.HOST_STREAM, EntryTypes.JOURNAL_SNAPSHOT, body);
        if (base.isEmpty()) {
            deleteOld();
        }
        return snapshot;
    }

    private void deleteOld() throws IOException {
        List<Snapshot> old = new ArrayList<>();
        int full = 0;
        for (Snapshot snapshot : snapshots()) {
            if (full >= settings.keepFull()) {
                old.add(snapshot);
            }
            full += snapshot.base().isEmpty() ? 1 : 0;
        }
        for (Snapshot snapshot : old) {
            files.delete(snapshot.id());
        }
    }

    @Override
    public List<Snapshot> snapshots() {
        return files.all().stream().map(SnapshotFiles.Known::snapshot).toList();
    }

    @Override
    public Snapshot verify(String id) {
        return onWorker(() -> {
            List<SnapshotFiles.Known> chain = files.chainOf(id);
            files.verify(chain);
            chain.forEach(this::compareWithJournal);
            return chain.get(chain.size() - 1).snapshot();
        });
    }

    /** Somebody who can write files makes a new head, too; what the journal says he cannot change. */
    private void compareWithJournal(SnapshotFiles.Known known) {
        long after = 0;
        List<JournalEntry> page;
        do {
            page = reads.entries(JournalEntry.HOST_STREAM, after, PAGE);
            for (JournalEntry entry : page) {
                after = entry.seq();
                if (entry.type().equals(EntryTypes.JOURNAL_SNAPSHOT)) {
                    compare(known, RowJson.object(entry.body()));
                }
            }
        } while (page.size() == PAGE);
    }

    private static void compare(SnapshotFiles.Known known, Map<String, Object> body) {
        Snapshot snapshot = known.snapshot();
        if (snapshot.id().equals(body.get("id"))
                && !(snapshot.stateHash().equals(body.get("stateHash"))
                        && known.sha256().equals(body.get("sha256")))) {
            throw HostException.of(
                    JournalError.SNAPSHOT_BROKEN, "id", snapshot.id(), "detail", "the journal has another hash for it");
        }
    }

    private <T> T onWorker(Callable<T> work) {
        try {
            return Uninterrupted.get(worker.submit(() -> told(work)), PATIENCE);
        } catch (TimeoutException | RejectedExecutionException e) {
            throw HostException.caused(e, JournalError.JOURNAL_UNAVAILABLE, "detail", "the journal is closing or busy");
        }
    }

    private static <T> T told(Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (IOException e) {
            throw HostException.caused(e, JournalError.JOURNAL_UNAVAILABLE, "detail", "a file cannot be written");
        }
    }

    /** Gives up what is under way at its next step, and waits for that. */
    @Deactivate
    public void close() {
        closed = true;
        worker.shutdown();
        try {
            if (!worker.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The journal is still being looked after while it closes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
