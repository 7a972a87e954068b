/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The real index with bundles added that must not come in, made by the generator that authors use. */
final class RedMarket {

    static final String TAMPERED = "org.example.red.tampered";
    static final String NOWHERE = "org.example.red.nowhere";
    static final String THROWING = "org.example.red.throwing";
    static final String SLOW = "org.example.red.slow";

    private static final Path GENERATOR = TestHost.ROOT.resolve("marketplace-index/target/generate-index.jar");

    private final Path folder;

    private RedMarket(Path folder) {
        this.folder = folder;
    }

    static RedMarket publish(Path folder) {
        RedMarket market = new RedMarket(folder);
        try {
            copy(TestHost.ROOT.resolve("marketplace-index/index.json"), folder.resolve("records/index.json"));
            copyAll(TestHost.ROOT.resolve("marketplace-index/tools"), folder.resolve("records/tools"));
            copyAll(TestHost.ROOT.resolve("marketplace-index/target/listed"), folder.resolve("jars"));
            market.add(TAMPERED, Map.of(), null);
            market.add(NOWHERE, Map.of("Import-Package", "org.example.nowhere;version=\"[2,3)\""), null);
            market.add(THROWING, activator("ThrowingActivator"), "ThrowingActivator");
            market.add(SLOW, activator("SlowActivator"), "SlowActivator");
            market.generate();
            market.tamper(TAMPERED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return market;
    }

    /** A copy of the distribution's configuration that names this index. */
    Path configuredIn(Path etc) {
        try {
            copyAll(TestHost.ROOT.resolve("distro/assembly/target/assembly/etc"), etc);
            Files.writeString(
                    etc.resolve("org.openmcpchain.core.market.Index.cfg"),
                    "url = " + folder.resolve("site").toUri() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return etc;
    }

    private static Map<String, String> activator(String name) {
        return Map.of("Import-Package", "org.osgi.framework", "Bundle-Activator", "org.openmcpchain.itest.red." + name);
    }

    private void add(String id, Map<String, String> headers, String type) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", id);
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("OpenMCP-Kind", "tool");
        headers.forEach(main::putValue);
        try (OutputStream out = Files.newOutputStream(folder.resolve("jars").resolve(id + ".jar"));
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            if (type != null) {
                String path = "org/openmcpchain/itest/red/" + type + ".class";
                jar.putNextEntry(new JarEntry(path));
                try (InputStream in = RedMarket.class.getResourceAsStream("/" + path)) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        record(
                id,
                "tool.json",
                """
                {"schema":"urn:openmcpchain:schema:2026-11-20:tool","id":"%s","kind":"tool","title":"Red",
                 "summary":"It must not come in.","publisher":"Example","licence":"MIT","category":"demo"}
                """);
        record(
                id,
                "releases/1.0.0.json",
                """
                {"schema":"urn:openmcpchain:schema:2026-11-20:release","id":"%s","version":"1.0.0","changes":"Red."}
                """);
    }

    private void generate() throws IOException {
        Process run = new ProcessBuilder(
                        TestHost.java(),
                        "-jar",
                        GENERATOR.toString(),
                        "--records",
                        folder.resolve("records").toString(),
                        "--jars",
                        folder.resolve("jars").toString(),
                        "--out",
                        folder.resolve("site").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.onExit().join().exitValue()).as(output).isZero();
    }

    private void record(String id, String name, String template) throws IOException {
        Path file = folder.resolve("records/tools").resolve(id).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, template.formatted(id));
    }

    /** One bit of the published jar, after the catalogue was made. */
    private void tamper(String id) throws IOException {
        JsonNode catalogue = TestHost.json(Files.readString(folder.resolve("site/catalogue.json")));
        for (JsonNode entry : catalogue.path("entries")) {
            if (entry.path("id").asText().equals(id)) {
                String sha256 = entry.at("/artifact/sha256").asText();
                Path blob = folder.resolve("site/blobs/sha256")
                        .resolve(sha256.substring(0, 2))
                        .resolve(sha256);
                byte[] jar = Files.readAllBytes(blob);
                jar[jar.length / 2] ^= 1;
                Files.write(blob, jar);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
