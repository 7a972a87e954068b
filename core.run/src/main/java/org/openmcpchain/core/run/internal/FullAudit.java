/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Checkpoint;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.JournalAudit.Progress;
import org.openmcpchain.journal.JournalAudit.Report;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.MerkleTree;

/**
 * A walk over all streams, a part of the alphabet at a time: each stream against its own hashes, against its end in the list
 * of streams and against what the checkpoints say of it; the checkpoints against their own roots and against the file. For
 * one use by one thread.
 */
final class FullAudit {

    private static final int PART = 5_000;
    private static final int BROKEN = 1_000;
    private static final int PAIRED = 100;
    private static final int STRAYS = 1_000;

    private final ShieldedReads reads;
    private final CheckpointLog log;
    private final CheckpointFile file;
    private final Consumer<Progress> progress;
    private final List<Finding> broken = new ArrayList<>();
    private final MerkleTree tree = new MerkleTree();
    private long streams;
    private long entries;
    private long total;

    FullAudit(ShieldedReads reads, CheckpointFile file, Consumer<Progress> progress) {
        this.reads = reads;
        this.file = file;
        this.progress = progress;
        log = new CheckpointLog(reads);
    }

    Report run() {
        total = count();
        long through =
                walkCheckpoints(log.newest().map(CheckpointLog.Complete::seq).orElse(0L));
        Optional<CheckpointLog.Complete> newest = log.newestUpTo(through);
        String after = "";
        List<String> names;
        do {
            names = names(after);
            String last = names.size() < PART ? null : names.get(names.size() - 1);
            walkPart(names, log.marks(through, after, last));
            after = last;
        } while (after != null);
        newest.ifPresent(this::compareRoot);
        reads.ask(rows -> rows.strayStreams(STRAYS)).forEach(stream -> walk(stream, List.of()));
        progress.accept(new Progress(streams, streams));
        return report(newest.map(CheckpointLog.Complete::checkpoint));
    }

    private List<String> names(String after) {
        return reads.ask(rows -> rows.streams(after, PART));
    }

    private long count() {
        long count = 0;
        List<String> names;
        String after = "";
        do {
            names = names(after);
            count += names.size();
            after = names.isEmpty() ? "" : names.get(names.size() - 1);
        } while (names.size() == PART);
        return count;
    }

    private void walkPart(List<String> names, TreeMap<String, Checkpoints.Mark> marks) {
        marks.values().forEach(mark -> tree.add(mark.leaf()));
        TreeSet<String> all = new TreeSet<>(names);
        all.addAll(marks.keySet());
        all.remove(Checkpoints.STREAM);
        for (String stream : all) {
            walk(stream, known(marks.get(stream)));
        }
    }

    private static List<KnownEntry> known(Checkpoints.Mark mark) {
        return mark == null
                ? List.of()
                : List.of(new KnownEntry(mark.seq(), mark.hash(), "a checkpoint has another hash for it"));
    }

    private void walk(String stream, List<KnownEntry> known) {
        Finding finding;
        try {
            finding = new StreamWalk(reads, stream, known).run();
        } catch (HostException e) {
            if (e.code() != JournalError.STREAM_UNKNOWN) {
                throw e;
            }
            finding = new Finding(broken(stream, Damage.REMOVED, 1, "the stream has no entries"), Optional.empty(), "");
        }
        streams++;
        entries += finding.check().entries();
        if (!finding.check().intact()) {
            add(finding);
        }
        if (streams % 100 == 0) {
            progress.accept(new Progress(streams, Math.max(streams, total)));
        }
    }

    private void add(Finding finding) {
        if (broken.size() < BROKEN) {
            broken.add(finding);
        }
    }

    private static JournalCheck broken(String stream, Damage damage, long at, String detail) {
        return new JournalCheck(stream, 0, false, damage, at, detail, JournalEntry.ORIGIN);
    }

    /**
     * The stream of checkpoints by itself, then beside the file.
     *
     * @return how far it can be believed
     */
    private long walkCheckpoints(long through) {
        if (reads.ask(rows -> rows.streamHead(Checkpoints.STREAM)).isPresent() || through > 0) {
            walk(Checkpoints.STREAM, List.of());
        }
        if (broken.isEmpty()) {
            new CheckpointComparison(log, file)
                    .differences(through)
                    .ifPresent(check -> add(new Finding(check, Optional.empty(), "")));
        }
        return broken.isEmpty() ? through : broken.get(0).check().firstBroken() - 1;
    }

    /** The root of the newest checkpoint must come from the heads that all of them name. */
    private void compareRoot(CheckpointLog.Complete newest) {
        if (!tree.rootHex().equals(newest.checkpoint().root())) {
            add(new Finding(
                    broken(
                            Checkpoints.STREAM,
                            Damage.EDITED,
                            newest.seq(),
                            "the heads that it names do not give its root"),
                    Optional.empty(),
                    ""));
        }
    }

    private Report report(Optional<Checkpoint> checkpoint) {
        Map<Integer, JournalCheck> exchanged = exchanged();
        List<JournalCheck> checks = new ArrayList<>();
        for (int i = 0; i < broken.size(); i++) {
            checks.add(exchanged.getOrDefault(i, broken.get(i).check()));
        }
        checks.sort(Comparator.comparing(JournalCheck::stream));
        return new Report(streams, entries, checks.isEmpty(), Collections.unmodifiableList(checks), checkpoint);
    }

    /** Two entries of different streams that were exchanged look like two edits until they are held side by side. */
    private Map<Integer, JournalCheck> exchanged() {
        Map<Integer, JournalCheck> found = new HashMap<>();
        for (int i = 0; i < Math.min(broken.size(), PAIRED); i++) {
            for (int k = i + 1; k < Math.min(broken.size(), PAIRED); k++) {
                Finding one = broken.get(i);
                Finding other = broken.get(k);
                if (one.misfit().isPresent()
                        && other.misfit().isPresent()
                        && Exchange.isExchanged(
                                one.misfit().get(),
                                one.previous(),
                                other.misfit().get())) {
                    found.put(i, reordered(one.check(), other.misfit().get()));
                    found.put(k, reordered(other.check(), one.misfit().get()));
                }
            }
        }
        return found;
    }

    private static JournalCheck reordered(JournalCheck check, JournalEntry partner) {
        return new JournalCheck(
                check.stream(),
                check.entries(),
                false,
                Damage.REORDERED,
                check.firstBroken(),
                "it was exchanged with entry " + partner.seq() + " of " + partner.stream(),
                check.headHash());
    }
}
