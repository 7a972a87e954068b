/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.Checkpoint;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;

/**
 * How checkpoints are written in their stream. One checkpoint is one entry or, when many streams moved, several: each holds
 * heads, and the last one, which alone has a root, completes it.
 */
final class Checkpoints {

    /** The stream of checkpoints; it is no leaf of their trees. */
    static final String STREAM = "checkpoints";

    /** A head that an entry names. */
    record Mark(String stream, long seq, String hash) {

        static Mark of(StreamHead head) {
            return new Mark(head.stream(), head.seq(), head.hash());
        }

        /** As it stands in an entry. */
        String text() {
            return stream + " " + seq + " " + hash;
        }

        /** The leaf of the tree. */
        byte[] leaf() {
            return (stream + "\n" + seq + "\n" + hash).getBytes(StandardCharsets.UTF_8);
        }
    }

    private Checkpoints() {}

    /** The number of the checkpoint that comes next. */
    static long next(RunStore store) {
        Optional<JournalEntry> head = store.head(STREAM);
        long seq = head.map(JournalEntry::seq).orElse(0L);
        while (seq > 0) {
            long behind = seq - 1;
            Optional<Checkpoint> found =
                    store.entries(STREAM, behind, 1).stream().findFirst().flatMap(Checkpoints::complete);
            if (found.isPresent()) {
                return found.get().number() + 1;
            }
            seq--;
        }
        return 1;
    }

    /** The checkpoint that an entry completes, or empty for an entry that completes none. */
    static Optional<Checkpoint> complete(JournalEntry entry) {
        if (!entry.type().equals(EntryTypes.JOURNAL_CHECKPOINT)) {
            return Optional.empty();
        }
        try {
            Map<String, Object> body = RowJson.object(entry.body());
            return body.containsKey("root") ? Optional.of(of(body, entry.at())) : Optional.empty();
        } catch (HostException e) {
            // The walk along the stream says so; nothing can be compared with it.
            return Optional.empty();
        }
    }

    private static Checkpoint of(Map<String, Object> body, Instant at) {
        return new Checkpoint(
                RowJson.number(body, "number"),
                at,
                RowJson.number(body, "streams"),
                RowJson.number(body, "entries"),
                RowJson.text(body, "root"),
                RowJson.text(body, "previous"));
    }

    /** The heads that an entry names; what cannot be read is left out. */
    static List<Mark> marks(JournalEntry entry) {
        List<Mark> marks = new ArrayList<>();
        try {
            if (RowJson.object(entry.body()).get("heads") instanceof List<?> heads) {
                heads.forEach(head -> mark(String.valueOf(head)).ifPresent(marks::add));
            }
        } catch (HostException e) {
            return List.of();
        }
        return marks;
    }

    private static Optional<Mark> mark(String text) {
        String[] parts = text.split(" ", -1);
        try {
            return parts.length == 3
                    ? Optional.of(new Mark(parts[0], Long.parseLong(parts[1]), parts[2]))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The body of an entry that holds heads and completes nothing. */
    static Map<String, Object> part(long number, List<String> heads) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("number", number);
        body.put("heads", heads);
        return body;
    }

    /** The body of the entry that completes a checkpoint. */
    static Map<String, Object> completing(Checkpoint checkpoint, List<String> heads) {
        Map<String, Object> body = part(checkpoint.number(), heads);
        body.put("streams", checkpoint.streams());
        body.put("entries", checkpoint.entries());
        body.put("root", checkpoint.root());
        body.put("previous", checkpoint.previous());
        return body;
    }

    /** The line of the file, without its end. */
    static Map<String, Object> line(Checkpoint checkpoint) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("number", checkpoint.number());
        line.put("at", checkpoint.at().toString());
        line.put("streams", checkpoint.streams());
        line.put("entries", checkpoint.entries());
        line.put("root", checkpoint.root());
        line.put("previous", checkpoint.previous());
        return line;
    }

    /** Reads a line of the file. Error: {@code JSON_NOT_CANONICAL}. */
    static Checkpoint ofLine(String line) {
        Map<String, Object> body = RowJson.object(line);
        return of(body, Instant.EPOCH);
    }
}
