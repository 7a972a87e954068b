/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** A file to which whole lines are added. A line that a crash cut off is taken away before the next one comes. */
final class LineFile {

    private static final int CHUNK = 8 * 1024;

    private final Path path;

    LineFile(Path path) {
        this.path = path;
    }

    boolean exists() {
        return Files.isRegularFile(path);
    }

    long size() throws IOException {
        return exists() ? Files.size(path) : 0;
    }

    /** The last whole line without its end, or empty. */
    Optional<String> last() throws IOException {
        if (!exists()) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long end = lastLineEnd(file, file.size());
            if (end == 0) {
                return Optional.empty();
            }
            long start = lastLineEnd(file, end - 1);
            ByteBuffer line = ByteBuffer.allocate(Math.toIntExact(end - 1 - start));
            readFully(file, line, start);
            return Optional.of(new String(line.array(), StandardCharsets.UTF_8));
        }
    }

    /** Adds lines. They are not forced to disk: the journal has them. */
    void add(List<String> lines) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            long end = lastLineEnd(file, file.size());
            file.truncate(end);
            file.position(end);
            ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    /** Where the last whole line before a place ends, or 0. */
    private static long lastLineEnd(FileChannel file, long before) throws IOException {
        long end = before;
        while (end > 0) {
            long start = Math.max(0, end - CHUNK);
            ByteBuffer chunk = ByteBuffer.allocate((int) (end - start));
            readFully(file, chunk, start);
            for (int i = chunk.capacity() - 1; i >= 0; i--) {
                if (chunk.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }

    private static void readFully(FileChannel file, ByteBuffer into, long position) throws IOException {
        long at = position;
        int read = 0;
        while (into.hasRemaining() && read >= 0) {
            read = file.read(into, at);
            at += Math.max(0, read);
        }
    }
}
