/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalCare.Snapshot;
import org.openmcpchain.proof.CanonicalJson;

/**
 * The files of snapshots: rows in {@code <id>.jsonl.gz}, and beside them {@code <id>.json}, which comes last and says what they
 * are. Rows without that are what a crash left. For one thread at a time.
 */
final class SnapshotFiles {

    private static final Pattern ID = Pattern.compile("[0-9TZ.]{16,20}-(full|incr)");
    private static final String ROWS = ".jsonl.gz";
    private static final String HEAD = ".json";

    /** A snapshot and the digest of its file. */
    record Known(Snapshot snapshot, String sha256) {}

    private final Path folder;

    SnapshotFiles(JournalFolder folder) {
        this.folder = folder.snapshots();
    }

    Path rows(String id) {
        return folder.resolve(id + ROWS);
    }

    /** Those that are complete, newest first. */
    List<Known> all() {
        List<Known> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> heads = Files.newDirectoryStream(folder, "*" + HEAD)) {
            for (Path head : heads) {
                String name = head.getFileName().toString();
                find(name.substring(0, name.length() - HEAD.length())).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        found.sort(Comparator.comparing((Known known) -> known.snapshot().id()).reversed());
        return found;
    }

    /** A snapshot by its id. Error: {@code SNAPSHOT_BROKEN}. */
    Optional<Known> find(String id) {
        Path head = folder.resolve(id + HEAD);
        if (!ID.matcher(id).matches() || !Files.isRegularFile(head)) {
            return Optional.empty();
        }
        try {
            Map<String, Object> body = RowJson.object(Files.readString(head));
            long bytes = Files.exists(rows(id)) ? Files.size(rows(id)) : 0;
            Snapshot snapshot = new Snapshot(
                    id,
                    Instant.parse(RowJson.text(body, "at")),
                    RowJson.text(body, "base"),
                    RowJson.number(body, "rows"),
                    bytes,
                    RowJson.text(body, "stateHash"));
            return Optional.of(new Known(snapshot, RowJson.text(body, "sha256")));
        } catch (IOException | RuntimeException e) {
            throw HostException.caused(e, JournalError.SNAPSHOT_BROKEN, "id", id, "detail", "its head cannot be read");
        }
    }

    /** A snapshot and what it builds on, the full one first. Errors: {@code SNAPSHOT_UNKNOWN}, {@code SNAPSHOT_BROKEN}. */
    List<Known> chainOf(String id) {
        List<Known> chain = new ArrayList<>();
        Known known =
                find(id).orElseThrow(() -> HostException.of(JournalError.SNAPSHOT_UNKNOWN, "id", PlainText.of(id, 64)));
        chain.add(known);
        while (!known.snapshot().base().isEmpty()) {
            String base = known.snapshot().base();
            if (base.compareTo(known.snapshot().id()) >= 0) {
                throw broken(id, "what it builds on is not older");
            }
            known = find(base).orElseThrow(() -> broken(id, "what it builds on is gone: " + base));
            chain.add(0, known);
        }
        return chain;
    }

    /** Reads a chain and recomputes its hashes. Error: {@code SNAPSHOT_BROKEN}. */
    void verify(List<Known> chain) {
        Known last = chain.get(chain.size() - 1);
        try {
            for (Known known : chain) {
                String id = known.snapshot().id();
                if (!Files.isRegularFile(rows(id)) || !NewFile.sha256(rows(id)).equals(known.sha256())) {
                    throw broken(id, "its file is not what it was");
                }
            }
            StateHash state = new StateHash();
            try (SnapshotChain rows = open(chain)) {
                for (SnapshotChain.Row row = rows.next(); row != null; row = rows.next()) {
                    state.add(row.key(), row.json());
                }
            }
            if (!state.hex().equals(last.snapshot().stateHash())) {
                throw broken(last.snapshot().id(), "its rows do not give its hash");
            }
        } catch (IOException e) {
            throw HostException.caused(
                    e, JournalError.SNAPSHOT_BROKEN, "id", last.snapshot().id(), "detail", "it cannot be read");
        }
    }

    SnapshotChain open(List<Known> chain) throws IOException {
        return new SnapshotChain(
                chain.stream().map(known -> rows(known.snapshot().id())).toList());
    }

    /** Writes what a file of rows is; from here on it counts. */
    void complete(Snapshot snapshot, String sha256) throws IOException {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("id", snapshot.id());
        head.put("at", snapshot.at().toString());
        head.put("base", snapshot.base());
        head.put("rows", snapshot.rows());
        head.put("stateHash", snapshot.stateHash());
        head.put("sha256", sha256);
        try (NewFile file = new NewFile(folder.resolve(snapshot.id() + HEAD))) {
            file.write((CanonicalJson.of(head) + "\n").getBytes(StandardCharsets.UTF_8));
            file.force();
            file.keep();
        }
    }

    /** Deletes what a crash left. */
    void settle() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean headless = name.endsWith(ROWS)
                        && !Files.exists(folder.resolve(name.substring(0, name.length() - ROWS.length()) + HEAD));
                if (name.endsWith(Archives.PART) || headless) {
                    Files.delete(file);
                }
            }
        }
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(folder.resolve(id + HEAD));
        Files.deleteIfExists(rows(id));
    }

    private static HostException broken(String id, String detail) {
        return HostException.of(JournalError.SNAPSHOT_BROKEN, "id", id, "detail", detail);
    }

    private static HostException unreadable(IOException e) {
        return HostException.caused(e, JournalError.JOURNAL_UNAVAILABLE, "detail", "the snapshots cannot be read");
    }
}
