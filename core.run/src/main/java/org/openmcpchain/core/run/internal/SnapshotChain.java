/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.proof.CanonicalJson;

/**
 * The rows of a snapshot with all that it builds on, in the order of their keys. Each file is sorted, so that a few lines are in
 * memory at a time; of a key that is in several files the newest one counts. For one thread.
 */
final class SnapshotChain implements AutoCloseable {

    /** A row in canonical JSON, or null when the snapshot takes it away. */
    record Row(String key, String json) {}

    private final List<Source> sources = new ArrayList<>();
    private Row next;

    /** @param files the oldest first */
    SnapshotChain(List<Path> files) throws IOException {
        for (Path file : files) {
            sources.add(new Source(file));
        }
        advance();
    }

    /** The row that comes next, or null. */
    Row peek() {
        return next;
    }

    /** Takes the row that comes next, or null. */
    Row next() throws IOException {
        Row row = next;
        advance();
        return row;
    }

    private void advance() throws IOException {
        do {
            String key = null;
            for (Source source : sources) {
                if (source.row != null && (key == null || source.row.key().compareTo(key) < 0)) {
                    key = source.row.key();
                }
            }
            next = null;
            for (Source source : sources) {
                if (source.row != null && source.row.key().equals(key)) {
                    next = source.row;
                    source.advance();
                }
            }
        } while (next != null && next.json() == null);
    }

    @Override
    public void close() throws IOException {
        for (Source source : sources) {
            source.close();
        }
    }

    private static final class Source {

        private final BufferedReader reader;
        private Row row;

        Source(Path file) throws IOException {
            reader = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file), 64 << 10), StandardCharsets.UTF_8));
            advance();
        }

        void advance() throws IOException {
            String line = reader.readLine();
            String before = row == null ? "" : row.key();
            row = line == null ? null : parsed(line);
            if (row != null && row.key().compareTo(before) <= 0) {
                throw HostException.of(JournalError.SNAPSHOT_BROKEN, "detail", "its rows are out of order");
            }
        }

        @SuppressWarnings("unchecked")
        private static Row parsed(String line) {
            try {
                Map<String, Object> object = RowJson.object(line);
                String json =
                        object.get("row") instanceof Map<?, ?> row ? CanonicalJson.of((Map<String, ?>) row) : null;
                return new Row(RowJson.text(object, "key"), json);
            } catch (HostException e) {
                throw HostException.caused(e, JournalError.SNAPSHOT_BROKEN, "detail", "a line cannot be read");
            }
        }

        void close() throws IOException {
            reader.close();
        }
    }
}
