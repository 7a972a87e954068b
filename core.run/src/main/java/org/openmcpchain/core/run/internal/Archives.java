/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;

/**
 * Streams in files. Each stream is a gzip member of its own (RFC 1952 allows several in one file), so that one is found
 * without reading the others; {@code zcat} shows the file as lines of JSON. A place is {@code name#offset+length}. Thread-safe.
 */
final class Archives {

    /** What the name of a file ends with that nobody knows yet. */
    static final String PART = ".part";

    private static final int MAX_MEMBER = 256 << 20;

    private final JournalFolder folder;

    Archives(JournalFolder folder) {
        this.folder = folder;
    }

    /** The bytes of a stream in an archive. */
    static byte[] member(String stream, String receiptDigest, List<JournalEntry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            Map<String, Object> head = new LinkedHashMap<>();
            head.put("stream", stream);
            head.put("entries", entries.size());
            head.put("receiptDigest", receiptDigest);
            line(zip, head);
            for (JournalEntry entry : entries) {
                line(zip, RowText.of(entry));
            }
        }
        return bytes.toByteArray();
    }

    private static void line(GZIPOutputStream zip, Map<String, Object> object) throws IOException {
        zip.write((CanonicalJson.of(object) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static String place(String name, long offset, int length) {
        return name + "#" + offset + "+" + length;
    }

    static String nameOf(String place) {
        int end = place.indexOf('#');
        return end < 0 ? place : place.substring(0, end);
    }

    /** Every entry of an archived stream. Error: {@code JOURNAL_BROKEN}. */
    List<JournalEntry> entries(String place, String stream) {
        try {
            String lines = new String(
                    new GZIPInputStream(new ByteArrayInputStream(read(place))).readNBytes(MAX_MEMBER),
                    StandardCharsets.UTF_8);
            return lines.lines()
                    .skip(1)
                    .map(line -> RowText.entry(RowJson.object(line)))
                    .filter(entry -> entry.stream().equals(stream))
                    .toList();
        } catch (NoSuchFileException e) {
            throw HostException.caused(e, JournalError.JOURNAL_BROKEN, "stream", stream, "archive", "gone");
        } catch (IOException | RuntimeException e) {
            throw HostException.caused(e, JournalError.JOURNAL_BROKEN, "stream", stream, "archive", "unreadable");
        }
    }

    private byte[] read(String place) throws IOException {
        int hash = place.lastIndexOf('#');
        int plus = place.indexOf('+', hash);
        long offset = Long.parseLong(place.substring(hash + 1, plus));
        int length = Integer.parseInt(place.substring(plus + 1));
        Path file = folder.archives().resolve(Path.of(nameOf(place)).getFileName());
        // It gets its name after the journal knows it: a crash in between leaves it under the other one.
        Path either = Files.exists(file) ? file : file.resolveSibling(file.getFileName() + PART);
        try (FileChannel channel = FileChannel.open(either)) {
            if (offset < 0 || length < 0 || offset + length > channel.size()) {
                throw new EOFException("the archive is shorter than it was");
            }
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new EOFException("the archive is shorter than it was");
                }
            }
            return buffer.array();
        }
    }
}
