/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.openmcpchain.journal.JournalEntry;

/** Bytes at the end of a file, then fdatasync. */
final class FileAppender implements Appender {

    private final FileChannel file;
    private long written;

    FileAppender(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public void append(List<JournalEntry> entries) throws IOException {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.body()).append(entry.hash()).append('\n'));
        file.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
        file.force(false);
        written += entries.size();
    }

    @Override
    public long head() {
        return written;
    }

    @Override
    public long count() {
        return written;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
