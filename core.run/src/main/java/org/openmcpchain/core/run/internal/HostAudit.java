/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.journal.Checkpoint;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalAudit;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.MerkleTree;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes checkpoints and holds everything against them. Thread-safe. */
@Component(
        service = JournalAudit.class,
        immediate = true,
        name = "org.openmcpchain.core.run.Audit",
        configurationPid = "org.openmcpchain.core.run.Audit")
@Designate(ocd = AuditSettings.class)
public final class HostAudit implements JournalAudit {

    private static final Logger LOG = LoggerFactory.getLogger(HostAudit.class);
    private static final int MAX_PAGE = 1000;
    private static final int HEADS_PAGE = 2_000;
    /** Heads in one entry: some 200 bytes each, and an entry holds 1 MiB. */
    private static final int HEADS_OF_ENTRY = 2_000;
    /** Checkpoints take this part of the time at most. */
    private static final int SHARE = 50;

    private final Journal journal;
    private final Epochs epochs;
    private final ShieldedReads reads;
    private final CheckpointFile file;
    private final CheckpointLog log;
    private final Duration interval;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("openmcp-journal-audit"));

    /** Brings the file up to date and begins to make checkpoints. */
    @Activate
    public HostAudit(
            AuditSettings settings,
            @Reference Journal journal,
            @Reference Epochs epochs,
            @Reference ShieldedReads reads,
            @Reference JournalFolder folder) {
        this(SettingText.duration("checkpointInterval", settings.checkpointInterval()), journal, epochs, reads, folder);
        clockwork.execute(this::mendFile);
        scheduleNext(interval);
    }

    /** Makes checkpoints by call only. */
    public static HostAudit byCall(
            Duration interval, Journal journal, Epochs epochs, ShieldedReads reads, JournalFolder folder) {
        return new HostAudit(interval, journal, epochs, reads, folder);
    }

    private HostAudit(Duration interval, Journal journal, Epochs epochs, ShieldedReads reads, JournalFolder folder) {
        this.interval = interval;
        this.journal = journal;
        this.epochs = epochs;
        this.reads = reads;
        file = new CheckpointFile(folder.checkpoints());
        log = new CheckpointLog(reads);
    }

    private void scheduleNext(Duration delay) {
        try {
            clockwork.schedule(this::checkpointIfMoved, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("No more checkpoints on schedule: the journal is closing");
        }
    }

    private void checkpointIfMoved() {
        long begun = System.nanoTime();
        try {
            if (epochs.moved()) {
                checkpoint();
            }
        } catch (RuntimeException e) {
            LOG.warn("No checkpoint could be made; it is tried again", e);
        }
        Duration wait = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(SHARE);
        scheduleNext(wait.compareTo(interval) > 0 ? wait : interval);
    }

    /** A crash between the journal and the file leaves out the last line of the file, and nothing else. */
    synchronized void mendFile() {
        try {
            Optional<Checkpoint> newest = log.newest().map(CheckpointLog.Complete::checkpoint);
            long inFile = file.last().map(Checkpoint::number).orElse(0L);
            String root = file.last().map(Checkpoint::root).orElse(JournalEntry.ORIGIN);
            if (newest.isPresent()
                    && newest.get().number() == inFile + 1
                    && newest.get().previous().equals(root)) {
                file.append(newest.get());
            }
        } catch (RuntimeException e) {
            LOG.warn("The file of checkpoints could not be looked at", e);
        }
    }

    @Override
    public synchronized Checkpoint checkpoint() {
        mendFile();
        Optional<Checkpoint> before = log.newest().map(CheckpointLog.Complete::checkpoint);
        long number = before.map(Checkpoint::number).orElse(0L) + 1;
        epochs.begin(number + 1);
        Heads heads = new Heads(number);
        heads.read();
        Checkpoint made = heads.complete(before.map(Checkpoint::root).orElse(JournalEntry.ORIGIN));
        file.append(made);
        return made;
    }

    @Override
    public List<Checkpoint> checkpoints(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_PAGE);
        }
        return log.newest(limit).stream()
                .map(CheckpointLog.Complete::checkpoint)
                .toList();
    }

    @Override
    public Report verifyAll(Consumer<Progress> progress) {
        return new FullAudit(reads, file, progress).run();
    }

    /** Makes a last checkpoint. */
    @Deactivate
    public void close() {
        clockwork.shutdown();
        try {
            if (epochs.moved()) {
                checkpoint();
            }
        } catch (RuntimeException e) {
            LOG.warn("No checkpoint could be made at the end", e);
        }
    }

    /** The heads of one checkpoint. */
    private final class Heads {

        private final long number;
        private final MerkleTree tree = new MerkleTree();
        private final List<String> moved = new ArrayList<>();
        private long entries;

        Heads(long number) {
            this.number = number;
        }

        void read() {
            String after = "";
            List<StreamHead> page;
            do {
                String behind = after;
                page = reads.ask(rows -> rows.streamHeads(behind, HEADS_PAGE));
                for (StreamHead head : page) {
                    after = head.stream();
                    if (!after.equals(Checkpoints.STREAM)) {
                        take(head);
                    }
                }
            } while (page.size() == HEADS_PAGE);
        }

        private void take(StreamHead head) {
            Checkpoints.Mark mark = Checkpoints.Mark.of(head);
            tree.add(mark.leaf());
            entries += head.seq();
            if (head.epoch() >= number) {
                moved.add(mark.text());
            }
            if (moved.size() == HEADS_OF_ENTRY) {
                journal.append(Checkpoints.STREAM, EntryTypes.JOURNAL_CHECKPOINT, Checkpoints.part(number, moved));
                moved.clear();
            }
        }

        Checkpoint complete(String previous) {
            Checkpoint draft =
                    new Checkpoint(number, Clock.systemUTC().instant(), tree.size(), entries, tree.rootHex(), previous);
            JournalEntry entry = journal.append(
                    Checkpoints.STREAM, EntryTypes.JOURNAL_CHECKPOINT, Checkpoints.completing(draft, moved));
            return new Checkpoint(number, entry.at(), tree.size(), entries, draft.root(), previous);
        }
    }
}
