/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Reads a zip in both of the ways that it can be read, from its front and by its directory, and insists that both tell
 * the same: Karaf reads one way, the framework the other, and neither shall see a file that the other does not.
 */
final class JarStructure {

    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_UNPACKED_BYTES = 256L * 1024 * 1024;
    private static final int MAX_MANIFEST_BYTES = 1024 * 1024;
    private static final int MAX_NAME = 512;
    private static final int CHUNK = 16 * 1024;

    private JarStructure() {}

    /** What is wrong with a jar; the message is fit for people and names no path of this machine. */
    static final class InvalidJar extends Exception {

        private static final long serialVersionUID = 1L;

        InvalidJar(String message) {
            super(message);
        }
    }

    /** The main attributes of the manifest. */
    static Map<String, String> headers(Path jar) throws IOException, InvalidJar {
        Map<String, Long> front = fromTheFront(jar);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (!front.equals(byDirectory(zip))) {
                throw new InvalidJar("its directory and its content do not agree");
            }
            ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
            if (entry == null || entry.getSize() > MAX_MANIFEST_BYTES) {
                throw new InvalidJar("it has no manifest, or one that is too long");
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Map<String, String> headers = new LinkedHashMap<>();
                new Manifest(in)
                        .getMainAttributes()
                        .forEach((name, value) -> headers.put(name.toString(), value.toString()));
                return Collections.unmodifiableMap(headers);
            }
        }
    }

    private static Map<String, Long> fromTheFront(Path jar) throws IOException, InvalidJar {
        Map<String, Long> entries = new HashMap<>();
        byte[] chunk = new byte[CHUNK];
        long left = MAX_UNPACKED_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                requireSafe(entry.getName());
                for (int read = zip.read(chunk); read >= 0; read = zip.read(chunk)) {
                    left -= read;
                    if (left < 0) {
                        throw new InvalidJar("it unpacks to more than " + MAX_UNPACKED_BYTES + " bytes");
                    }
                }
                zip.closeEntry();
                add(entries, entry);
            }
        }
        return entries;
    }

    private static Map<String, Long> byDirectory(ZipFile zip) throws InvalidJar {
        Map<String, Long> entries = new HashMap<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            add(entries, entry);
        }
        return entries;
    }

    private static void add(Map<String, Long> entries, ZipEntry entry) throws InvalidJar {
        if (entries.size() >= MAX_ENTRIES) {
            throw new InvalidJar("it has more than " + MAX_ENTRIES + " entries");
        }
        if (entries.put(entry.getName(), entry.isDirectory() ? 0L : entry.getCrc()) != null) {
            throw new InvalidJar("it has an entry twice");
        }
    }

    private static void requireSafe(String name) throws InvalidJar {
        boolean control = name.chars().anyMatch(c -> c < ' ');
        boolean outside = name.startsWith("/") || name.contains("\\") || name.contains(":");
        boolean climbs = ("/" + name + "/").contains("/../") || ("/" + name + "/").contains("/./");
        if (name.isEmpty() || name.length() > MAX_NAME || control || outside || climbs) {
            throw new InvalidJar("it has an entry whose name leads out of it");
        }
    }
}
