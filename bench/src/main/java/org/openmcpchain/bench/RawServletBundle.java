/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A copy of the distribution with the raw servlet in it, so that both answer from the same container. */
final class RawServletBundle {

    private static final String FEATURE =
            """
            <features name="bench-servlet" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
              <feature name="bench-servlet" version="1">
                <bundle>mvn:org.openmcpchain/bench-servlet/1</bundle>
              </feature>
            </features>
            """;

    private RawServletBundle() {}

    static Path distribution() throws IOException {
        Path original = BenchHost.distribution();
        Path copy = BenchHost.root().resolve("var/bench/distribution-with-servlet");
        BenchHost.wipe(copy);
        BenchHost.copy(original, copy);
        Path folder = copy.resolve("system/org/openmcpchain/bench-servlet/1");
        Files.createDirectories(folder);
        write(folder.resolve("bench-servlet-1.jar"));
        Files.writeString(folder.resolve("bench-servlet-1-features.xml"), FEATURE);
        Path features = copy.resolve("etc/org.apache.karaf.features.cfg");
        String configured = Files.readString(features)
                .replaceFirst("(?m)^(featuresBoot\\s*=.*)$", "$1, bench-servlet/1")
                .replaceFirst(
                        "(?m)^(featuresRepositories\\s*=.*)$", "$1, mvn:org.openmcpchain/bench-servlet/1/xml/features");
        Files.writeString(features, configured);
        return copy;
    }

    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "org.openmcpchain.bench-servlet");
        main.putValue("Bundle-Version", "1");
        main.putValue("Bundle-Activator", RawServlet.Activator.class.getName());
        main.putValue(
                "Import-Package",
                "javax.servlet;version=\"[3.1,5)\",javax.servlet.http;version=\"[3.1,5)\",org.osgi.framework");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            for (Class<?> type : new Class<?>[] {RawServlet.class, RawServlet.Activator.class}) {
                String name = type.getName().replace('.', '/') + ".class";
                zip.putNextEntry(new JarEntry(name));
                try (InputStream in = RawServletBundle.class.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
    }
}
