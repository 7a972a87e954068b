/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Checkpoint;
import org.openmcpchain.proof.CanonicalJson;

/**
 * The checkpoints beside the database: one line of JSON each, forced, never changed. A line that a crash left unfinished is
 * taken away by the next one. For one thread at a time.
 */
final class CheckpointFile {

    private static final int TAIL = 64 << 10;

    private final Path file;

    CheckpointFile(Path file) {
        this.file = file;
    }

    /** Appends and returns when it is on disk. Error: {@code JOURNAL_UNAVAILABLE}. */
    void append(Checkpoint checkpoint) {
        byte[] line = (CanonicalJson.of(Checkpoints.line(checkpoint)) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            boolean isNew = !Files.exists(file);
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
                channel.truncate(endOfLastLine(channel));
                channel.position(channel.size());
                ByteBuffer buffer = ByteBuffer.wrap(line);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            if (isNew) {
                Disk.forceFolder(file.getParent());
            }
        } catch (IOException e) {
            throw HostException.caused(
                    e, JournalError.JOURNAL_UNAVAILABLE, "detail", "the file of checkpoints cannot be written");
        }
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (end > 0) {
            one.clear();
            if (channel.read(one, end - 1) < 1 || one.get(0) == '\n') {
                return end;
            }
            end--;
        }
        return 0;
    }

    /** The last line, or empty when there is none that can be read. */
    Optional<Checkpoint> last() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, access.length() - TAIL);
            byte[] tail = new byte[(int) (access.length() - from)];
            access.seek(from);
            access.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            return end < 0
                    ? Optional.empty()
                    : Optional.of(Checkpoints.ofLine(text.substring(text.lastIndexOf('\n', end - 1) + 1, end)));
        } catch (IOException e) {
            throw unreadable(e);
        } catch (HostException e) {
            return Optional.empty();
        }
    }

    /** All lines, oldest first; to be closed. A line that cannot be read is empty. */
    Lines lines() {
        try {
            return Files.exists(file)
                    ? new Lines(Files.newBufferedReader(file))
                    : new Lines(new BufferedReader(Reader.nullReader()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static HostException unreadable(Exception e) {
        return HostException.caused(
                e, JournalError.JOURNAL_UNAVAILABLE, "detail", "the file of checkpoints cannot be read");
    }

    /** The lines of the file one by one. */
    static final class Lines implements AutoCloseable {

        private final BufferedReader reader;

        Lines(BufferedReader reader) {
            this.reader = reader;
        }

        /** The next line, empty when it cannot be understood, or null at the end. */
        Optional<Checkpoint> next() {
            String line;
            try {
                line = reader.readLine();
            } catch (IOException e) {
                return Optional.empty();
            }
            if (line == null) {
                return null;
            }
            try {
                return Optional.of(Checkpoints.ofLine(line));
            } catch (HostException e) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
