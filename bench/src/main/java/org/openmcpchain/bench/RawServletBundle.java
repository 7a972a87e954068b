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
import java.util.stream.Stream;

/** A copy of the distribution with the raw servlet in it, so that both answer from the same container. */
final class RawServletBundle {

    private RawServletBundle() {}

    static Path distribution() throws IOException {
        Path original = BenchHost.root().resolve("distro/assembly/target/assembly");
        Path copy = BenchHost.root().resolve("var/bench/distribution-with-servlet");
        BenchHost.wipe(copy);
        try (Stream<Path> all = Files.walk(original)) {
            for (Path path : all.toList()) {
                Path target = copy.resolve(original.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path jar = copy.resolve("system/org/openmcpchain/bench-servlet/1/bench-servlet-1.jar");
        Files.createDirectories(jar.getParent());
        write(jar);
        Path startup = copy.resolve("etc/startup.properties");
        Files.writeString(startup, Files.readString(startup) + "\nmvn\\:org.openmcpchain/bench-servlet/1 = 80\n");
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
        main.putValue("Import-Package", "javax.servlet,javax.servlet.http,org.osgi.framework");
        main.putValue("DynamicImport-Package", "javax.servlet.*");
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
