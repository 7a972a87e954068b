/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether an unpacked tool bundle touches only what a tool may touch. Source: docs/architecture, "who may import whom". */
final class BundleShape {

    /** What a tool may import besides the harmless part of the platform. */
    private static final Set<String> API = Set.of(
            "org.openmcpchain.chain",
            "org.openmcpchain.error",
            "org.openmcpchain.money",
            "org.openmcpchain.policy",
            "org.openmcpchain.proof",
            "org.openmcpchain.run",
            "org.openmcpchain.tool");

    /** Network, files, processes and ways around the type system. */
    private static final Pattern CLOSED =
            Pattern.compile("java\\.io|java\\.net(\\..*)?|java\\.nio\\.(file|channels)(\\..*)?"
                    + "|java\\.lang\\.(reflect|instrument|management|module|foreign)|java\\.rmi(\\..*)?"
                    + "|java\\.util\\.(jar|zip|prefs|logging)|java\\.(awt|sql|beans|applet)(\\..*)?");

    /** The same within packages that nobody can do without. */
    private static final Set<String> CLOSED_MEMBERS = Set.of(
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.ClassLoader",
            "java.lang.ModuleLayer",
            "java.lang.Thread",
            "java.lang.Class.forName",
            "java.lang.System.exit",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.System.setProperty",
            "java.lang.System.load",
            "java.lang.System.loadLibrary",
            "java.util.ServiceLoader");

    private static final Set<String> CLOSED_HEADERS =
            Set.of("Export-Package", "DynamicImport-Package", "Require-Bundle", "Fragment-Host", "Bundle-Activator");

    /** A package or capability at the start of a clause: quoted text is skipped. */
    private static final Pattern CLAUSE = Pattern.compile("(?:^|,)\\s*([A-Za-z0-9_.]+)((?:\"[^\"]*\"|[^,\"])*)");

    private final Path classes;
    private final Attributes manifest;

    private BundleShape(Path classes, Attributes manifest) {
        this.classes = classes;
        this.manifest = manifest;
    }

    /** Reads the folder that holds a bundle's classes and its {@code META-INF/MANIFEST.MF}. */
    static BundleShape of(Path classes) throws IOException {
        try (InputStream in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
            return new BundleShape(classes, new Manifest(in).getMainAttributes());
        }
    }

    /** What it touches and must not. */
    List<String> faults() throws IOException {
        List<String> faults = new ArrayList<>();
        for (String imported : names("Import-Package")) {
            boolean platform =
                    imported.startsWith("java.") && !CLOSED.matcher(imported).matches();
            if (!platform && !API.contains(imported)) {
                faults.add("it imports " + imported);
            }
        }
        CLOSED_HEADERS.stream()
                .filter(header -> manifest.getValue(header) != null)
                .forEach(header -> faults.add("its manifest has " + header));
        if (!names("Require-Capability").contains("openmcp.host")) {
            faults.add("it does not require a host (@AgentTool on the component adds that)");
        }
        faults.addAll(memberFaults());
        return faults;
    }

    /** Whether it asks for permissions. */
    boolean asksForPermission() {
        return names("Require-Capability").contains("openmcp.permission");
    }

    /** The component descriptions, as paths. */
    List<Path> components() {
        String header = manifest.getValue("Service-Component");
        return header == null
                ? List.of()
                : Stream.of(header.split(","))
                        .map(String::strip)
                        .map(classes::resolve)
                        .toList();
    }

    private List<String> memberFaults() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        List<String> faults = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                for (String reference : ClassReferences.of(in)) {
                    if (CLOSED_MEMBERS.contains(reference)) {
                        faults.add(file.getFileName() + " uses " + reference);
                    }
                }
            }
        }
        return faults;
    }

    private List<String> names(String header) {
        String value = manifest.getValue(header);
        List<String> names = new ArrayList<>();
        if (value != null) {
            Matcher clause = CLAUSE.matcher(value);
            while (clause.find()) {
                names.add(clause.group(1));
            }
        }
        return names;
    }
}
