/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;

/**
 * What the marketplace keeps on disk: {@code agent.lock.json}, the verified jars, and a feature file for each of them.
 * A file is there whole or not at all, also after a {@code kill -9}.
 */
record MarketFolder(Path root) {

    /** Where the server keeps its data; a framework that is no Karaf has the bundle's own storage. */
    static MarketFolder of(BundleContext context) {
        String data = context.getProperty("karaf.data");
        return new MarketFolder(
                data == null
                        ? context.getDataFile("market").toPath()
                        : Path.of(data).resolve("market"));
    }

    Path lockFile() {
        return root.resolve("agent.lock.json");
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path blob(String sha256) {
        return blobs().resolve("sha256").resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    Path features() {
        return root.resolve("features");
    }

    /** A new file for a download, which nobody takes for a verified jar. */
    Path incoming() throws IOException {
        return Files.createTempFile(Files.createDirectories(root.resolve("incoming")), "artifact-", ".part");
    }

    /** Makes a verified download a blob. */
    Path keep(Path incoming, String sha256) throws IOException {
        Path blob = blob(sha256);
        Files.createDirectories(blob.getParent());
        force(incoming);
        move(incoming, blob);
        return blob;
    }

    /** Replaces a file by a text. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, text.getBytes(StandardCharsets.UTF_8));
        force(part);
        move(part, file);
    }

    /** Deletes downloads that were never finished, and blobs and feature files that nothing installed needs. */
    void sweep(Set<Path> needed) {
        for (Path folder : List.of(root.resolve("incoming"), blobs(), features())) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!needed.contains(file)) {
                        Files.delete(file);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // A rename is only durable when the folder is on disk.
        force(to.getParent());
    }

    private static void force(Path path) throws IOException {
        List<StandardOpenOption> options = new ArrayList<>(List.of(StandardOpenOption.READ));
        if (Files.isRegularFile(path)) {
            options.add(StandardOpenOption.WRITE);
        }
        try (FileChannel channel = FileChannel.open(path, Set.copyOf(options))) {
            channel.force(true);
        }
    }
}
