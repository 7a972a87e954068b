/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** An index in a folder: of the distribution, or on a stick. */
final class FileTransport implements Transport {

    private static final int CHUNK = 16 * 1024;

    private final Path folder;

    FileTransport(Path folder) {
        this.folder = folder;
    }

    @Override
    public Reply fetch(String path, String tag, long limit, OutputStream sink) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("the folder of the index is not there");
        }
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Reply(Status.MISSING, "");
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        String current = attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
        if (current.equals(tag)) {
            return new Reply(Status.UNCHANGED, current);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new Reply(copy(in, sink, limit) ? Status.FETCHED : Status.TOO_LARGE, current);
        }
    }

    @Override
    public void close() {
        // Nothing is held open between two fetches.
    }

    private static boolean copy(InputStream in, OutputStream sink, long limit) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long left = limit;
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            if (read > left) {
                return false;
            }
            sink.write(chunk, 0, read);
            left -= read;
        }
        return true;
    }
}
