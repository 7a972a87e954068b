/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.StreamArchived;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalCare.Compaction;
import org.openmcpchain.journal.JournalEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves streams of ended runs into a file. The file is forced before the journal says that it is there, and the rows go in
 * the transaction in which it says so: whenever it is cut short, each stream is in one place or in both. A stream that is
 * not whole stays where it is, for somebody to look at. For one thread at a time.
 */
final class Compactor {

    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int PAGE = 500;
    private static final int STREAMS_OF_WRITE = 100;
    private static final long ENTRIES_OF_WRITE = 5_000;
    private static final String RUN_STREAM = "run/";

    private record Place(String stream, String place, int entries) {}

    private final JournaledStore store;
    private final ShieldedReads reads;
    private final Path folder;
    private final BooleanSupplier stopped;

    /** @param stopped whether to come to an early end */
    Compactor(JournaledStore store, ShieldedReads reads, JournalFolder folder, BooleanSupplier stopped) {
        this.store = store;
        this.reads = reads;
        this.folder = folder.archives();
        this.stopped = stopped;
    }

    Compaction compact(Instant endedBefore, String principal) {
        try {
            settleFilesOfACrash();
            String name = "runs-" + NAME.format(Clock.systemUTC().instant()) + ".jsonl.gz";
            List<Place> places = new ArrayList<>();
            try (NewFile file = new NewFile(folder.resolve(name))) {
                fill(file, name, endedBefore, places);
                return places.isEmpty() ? new Compaction(0, 0, "", "") : journal(places, name, file, principal);
            }
        } catch (IOException e) {
            throw HostException.caused(e, JournalError.JOURNAL_UNAVAILABLE, "detail", "the archive cannot be written");
        }
    }

    private void fill(NewFile file, String name, Instant endedBefore, List<Place> places) throws IOException {
        String after = "";
        List<String> page;
        do {
            String behind = after;
            page = reads.ask(rows -> rows.endedStreams(behind, PAGE));
            for (String stream : page) {
                after = stream;
                if (stopped.getAsBoolean()) {
                    return;
                }
                Optional<RunRecord> run = endedRun(stream, endedBefore);
                if (run.isPresent() && isWhole(stream)) {
                    List<JournalEntry> entries = reads.entriesBehind(stream, 0);
                    byte[] member =
                            Archives.member(stream, run.get().receiptDigest().orElse(null), entries);
                    places.add(new Place(stream, Archives.place(name, file.length(), member.length), entries.size()));
                    file.write(member);
                }
            }
        } while (page.size() == PAGE);
    }

    private Optional<RunRecord> endedRun(String stream, Instant endedBefore) {
        return stream.startsWith(RUN_STREAM)
                ? reads.ask(rows -> rows.run(stream.substring(RUN_STREAM.length())))
                        .filter(run ->
                                run.endedAt().filter(endedBefore::isAfter).isPresent())
                : Optional.empty();
    }

    private boolean isWhole(String stream) {
        boolean whole = new StreamWalk(reads, stream, List.of()).run().check().intact();
        if (!whole) {
            LOG.warn("The stream {} is not whole and is not archived; verify the journal", stream);
        }
        return whole;
    }

    private Compaction journal(List<Place> places, String name, NewFile file, String principal) throws IOException {
        String sha256 = file.force();
        long all = 0;
        int from = 0;
        while (from < places.size()) {
            List<StoreChange> rows = new ArrayList<>();
            long entries = 0;
            int to = from;
            while (to < places.size() && rows.size() < STREAMS_OF_WRITE && entries < ENTRIES_OF_WRITE) {
                Place place = places.get(to++);
                rows.add(new StreamArchived(place.stream(), place.place()));
                entries += place.entries();
            }
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("runs", rows.size());
            body.put("entries", entries);
            body.put("archive", name);
            body.put("sha256", sha256);
            body.put("principal", principal);
            store.write(List.of(new EntryDraft(JournalEntry.HOST_STREAM, EntryTypes.JOURNAL_COMPACTED, body)), rows);
            if (from == 0) {
                file.keep();
            }
            all += entries;
            from = to;
        }
        return new Compaction(places.size(), all, name, sha256);
    }

    /** A file without its name is kept when the journal knows it, and goes when it does not. */
    void settleFilesOfACrash() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> parts = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + Archives.PART)) {
            found.forEach(parts::add);
        }
        Set<String> known = parts.isEmpty() ? Set.of() : names();
        for (Path part : parts) {
            String name = part.getFileName().toString().replace(Archives.PART, "");
            if (known.contains(name)) {
                Files.move(part, part.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.delete(part);
            }
        }
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        String after = "";
        List<StreamHead> page;
        do {
            String behind = after;
            page = reads.ask(rows -> rows.streamHeads(behind, PAGE));
            for (StreamHead head : page) {
                after = head.stream();
                head.archive().map(Archives::nameOf).ifPresent(names::add);
            }
        } while (page.size() == PAGE);
        return names;
    }
}
