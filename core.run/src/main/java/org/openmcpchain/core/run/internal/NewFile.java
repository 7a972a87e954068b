/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is written once: under another name first, forced, then moved to its own. For one thread. */
final class NewFile implements AutoCloseable {

    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final DigestOutputStream out;
    private long length;
    private String sha256;

    NewFile(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.getParent());
        part = file.resolveSibling(file.getFileName() + Archives.PART);
        channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        out = new DigestOutputStream(Channels.newOutputStream(channel), digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The SHA-256 of a file, lower-case hex. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (var in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    OutputStream stream() {
        return out;
    }

    long length() {
        return length;
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        length += bytes.length;
    }

    /** Forces what was written; returns its SHA-256. */
    String force() throws IOException {
        out.flush();
        channel.force(true);
        sha256 = HexFormat.of().formatHex(out.getMessageDigest().digest());
        channel.close();
        Disk.forceFolder(part.getParent());
        return sha256;
    }

    /** Gives it its name. */
    void keep() throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Disk.forceFolder(file.getParent());
    }

    /** Takes it away unless it was forced. */
    @Override
    public void close() {
        try {
            channel.close();
            if (sha256 == null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
