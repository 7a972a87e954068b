/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalCare.Snapshot;
import org.openmcpchain.proof.CanonicalJson;

/**
 * Writes one snapshot. An incremental one is the difference of two sorted lists, the rows as they are and the rows of the
 * snapshot before, so it needs no note of what has changed and misses nothing. For one use by one thread.
 */
final class SnapshotWriter {

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final RunStore store;
    private final SnapshotFiles files;
    private final BooleanSupplier stopped;
    private final StateHash state = new StateHash();
    private SnapshotChain before;
    private BufferedWriter lines;
    private String lastKey = "";
    private long rows;

    /** @param stopped whether to give up */
    SnapshotWriter(RunStore store, SnapshotFiles files, BooleanSupplier stopped) {
        this.store = store;
        this.files = files;
        this.stopped = stopped;
    }

    /** @param base what it builds on, or empty for a full one */
    SnapshotFiles.Known write(List<SnapshotFiles.Known> base) throws IOException {
        Instant at = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        String id = ID.format(at) + (base.isEmpty() ? "-full" : "-incr");
        String sha256;
        try (NewFile file = new NewFile(files.rows(id));
                SnapshotChain chain = files.open(base)) {
            before = chain;
            GZIPOutputStream zip = new GZIPOutputStream(file.stream(), 64 << 10);
            lines = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
            copy();
            removeBefore(null);
            lines.flush();
            zip.finish();
            sha256 = file.force();
            file.keep();
        }
        String baseId =
                base.isEmpty() ? "" : base.get(base.size() - 1).snapshot().id();
        files.complete(new Snapshot(id, at, baseId, rows, 0, state.hex()), sha256);
        return files.find(id).orElseThrow();
    }

    private void copy() throws IOException {
        try {
            store.copy(this::take);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void take(StoreChange change) {
        if (stopped.getAsBoolean()) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE, "detail", "the host is stopping");
        }
        String key = RowText.key(change);
        if (key.compareTo(lastKey) <= 0) {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE, "detail", "the store's rows are out of order");
        }
        lastKey = key;
        Map<String, Object> row = RowText.of(change);
        String json = CanonicalJson.of(row);
        state.add(key, json);
        try {
            removeBefore(key);
            SnapshotChain.Row old = before.peek();
            boolean known = old != null && old.key().equals(key);
            if (known) {
                before.next();
            }
            if (!known || !old.json().equals(json)) {
                line(Map.of("key", key, "row", row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of the snapshot before that are not there any more. */
    private void removeBefore(String key) throws IOException {
        for (SnapshotChain.Row old = before.peek();
                old != null && (key == null || old.key().compareTo(key) < 0);
                old = before.peek()) {
            line(Map.of("key", old.key(), "removed", true));
            before.next();
        }
    }

    private void line(Map<String, Object> object) throws IOException {
        lines.write(CanonicalJson.of(object));
        lines.write('\n');
        rows++;
    }
}
