/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleShapeTest {

    private static final String HOST = "Require-Capability: openmcp.host;filter:=\"(openmcp.host=agent)\"\n";

    @TempDir
    Path classes;

    @Test
    void acceptsWhatOnlyUsesItsContext() throws IOException {
        manifest("Import-Package: java.lang,java.util.function,org.openmcpchain.tool;version=\"[1.0,2)\"\n"
                + "Require-Capability: openmcp.host;filter:=\"(&(a=b)(c=d,e))\",openmcp.permission;kind=contract\n"
                + "Service-Component: OSGI-INF/a.xml, OSGI-INF/b.xml\n");

        BundleShape shape = BundleShape.of(classes);

        assertThat(shape.faults()).isEmpty();
        assertThat(shape.asksForPermission()).isTrue();
        assertThat(shape.components()).hasSize(2);
    }

    @Test
    void namesEachImportThatOpensADoor() throws IOException {
        manifest(HOST + "Import-Package: java.net.http,java.nio.file,java.nio.charset,java.io,java.lang.reflect,"
                + "org.osgi.framework;version=\"[1.9,2)\",org.openmcpchain.wallet,org.openmcpchain.core.run\n");

        assertThat(BundleShape.of(classes).faults())
                .containsExactlyInAnyOrder(
                        "it imports java.net.http",
                        "it imports java.nio.file",
                        "it imports java.io",
                        "it imports java.lang.reflect",
                        "it imports org.osgi.framework",
                        "it imports org.openmcpchain.wallet",
                        "it imports org.openmcpchain.core.run");
    }

    @Test
    void namesHeadersThatReachBeyondTheBundle() throws IOException {
        manifest("DynamicImport-Package: *\nBundle-Activator: a.B\nExport-Package: a\n");

        assertThat(BundleShape.of(classes).faults())
                .anyMatch(fault -> fault.contains("DynamicImport-Package"))
                .anyMatch(fault -> fault.contains("Bundle-Activator"))
                .anyMatch(fault -> fault.contains("Export-Package"))
                .anyMatch(fault -> fault.contains("does not require a host"));
    }

    @Test
    void findsDoorsInsideJavaLang() throws IOException {
        manifest(HOST);
        try (InputStream in = Nosy.class.getResourceAsStream("BundleShapeTest$Nosy.class")) {
            Files.copy(in, classes.resolve("Nosy.class"));
        }

        assertThat(BundleShape.of(classes).faults())
                .contains(
                        "Nosy.class uses java.lang.ProcessBuilder",
                        "Nosy.class uses java.lang.System.getenv",
                        "Nosy.class uses java.lang.Class.forName");
    }

    @Test
    void readsEveryKindOfConstant() throws IOException {
        try (InputStream in = Nosy.class.getResourceAsStream("BundleShapeTest$Nosy.class")) {
            Set<String> references = ClassReferences.of(in);

            assertThat(references).contains("java.lang.ProcessBuilder.start", "java.lang.invoke.LambdaMetafactory");
        }
    }

    private void manifest(String headers) throws IOException {
        Path file = classes.resolve("META-INF/MANIFEST.MF");
        Files.createDirectories(file.getParent());
        Files.writeString(file, folded("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\n" + headers));
    }

    /** A manifest line has at most 72 bytes. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder();
        for (String line : text.split("\n")) {
            folded.append(line.replaceAll("(.{60})(?=.)", "$1\n ")).append('\n');
        }
        return folded.toString();
    }

    static final class Nosy {

        private final long[][] numbers = {{5_000_000_000L}};
        private final double ratio = 0.1;

        Process start(String[] names) throws Exception {
            Class.forName(names[0] + numbers.length + ratio);
            Runnable later = () -> System.getenv("HOME");
            later.run();
            return new ProcessBuilder(names).start();
        }
    }
}
