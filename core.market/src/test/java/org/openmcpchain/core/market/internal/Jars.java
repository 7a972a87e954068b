/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes bundles of every kind, good and bad. */
final class Jars {

    static final String ID = "org.openmcpchain.core.market.sample";
    static final String ROUTER = "openmcp.permission;kind=contract;contract=uniswap-v2.router;"
            + "effective:=active;filter:='(&(kind=contract)(contract=uniswap-v2.router))'";

    private final Map<String, String> headers = new LinkedHashMap<>();

    private Jars() {}

    /** A bundle with the classes of a package below {@code sample}. */
    static Jars of(String sample) {
        return new Jars()
                .with("Bundle-SymbolicName", ID + "." + sample)
                .with("Bundle-Version", "1.0.0")
                .with("OpenMCP-Kind", "tool")
                .with("Private-Package", ID + "." + sample);
    }

    /** A bundle without classes. */
    static Jars empty(String name) {
        return of(name).without("Private-Package").with("-resourceonly", "true");
    }

    Jars with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Jars without(String header) {
        headers.remove(header);
        return this;
    }

    byte[] bytes() {
        try (Builder builder = new Builder()) {
            headers.forEach(builder::setProperty);
            builder.setProperty("-noextraheaders", "true");
            builder.setProperty("-reproducible", "true");
            builder.setClasspath(classPath());
            Jar jar = new Jar("fixture");
            jar.putResource("sample.txt", new EmbeddedResource("sample", 0L));
            builder.setJar(jar);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            builder.build().write(bytes);
            return bytes.toByteArray();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A zip whose manifest is complete and that has these entries besides. */
    static byte[] zip(String symbolicName, Map<String, String> entries) {
        return zipWithHeader(symbolicName, "Bundle-Name: Sample", entries);
    }

    static byte[] zipWithHeader(String symbolicName, String header, Map<String, String> entries) {
        return zipWithManifest(
                "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: " + symbolicName
                        + "\nBundle-Version: 1.0.0\n" + header.replaceAll("(.{60})", "$1\n ") + "\n",
                entries);
    }

    static byte[] zipWithManifest(String manifest, Map<String, String> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "META-INF/MANIFEST.MF", manifest);
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static File[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> Files.isDirectory(path)
                        || path.toString().contains("openmcpchain")
                        || path.toString().contains("osgi"))
                .filter(Files::exists)
                .map(Path::toFile)
                .toArray(File[]::new);
    }
}
