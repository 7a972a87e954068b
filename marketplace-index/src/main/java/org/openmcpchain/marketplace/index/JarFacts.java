/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.marketplace.index;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Domain;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import org.openmcpchain.proof.Digests;

/**
 * What a jar says of itself and cannot be talked out of.
 *
 * @param kind the header {@code OpenMCP-Kind}, if there is one
 * @param java the filter on {@code osgi.ee}, if there is one
 */
record JarFacts(
        Path file,
        String symbolicName,
        String version,
        Optional<String> kind,
        String sha256,
        long size,
        Optional<String> java,
        List<PackageRange> imports,
        List<PackageVersion> exports,
        List<Clause> requires,
        List<Clause> provides,
        List<ComponentFacts> components) {

    private static final String EXECUTION_ENVIRONMENT = "osgi.ee";
    private static final String PERMISSION = "openmcp.permission";

    /** An imported package; the range is empty when any version will do. */
    record PackageRange(String name, String range, boolean optional) {}

    /** An exported package. */
    record PackageVersion(String name, String version) {}

    /** A requirement or a capability, in the order of its text. */
    record Clause(String namespace, Map<String, String> attributes, Map<String, String> directives) {

        String text() {
            return namespace + attributes + directives;
        }
    }

    static JarFacts read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            try (Jar jar = new Jar(file.toFile())) {
                Manifest manifest = jar.getManifest();
                if (manifest == null || Domain.domain(manifest).getBundleSymbolicName() == null) {
                    throw new IndexException(file.getFileName() + " is not a bundle");
                }
                return of(file, bytes, Domain.domain(manifest), ComponentFacts.of(jar, manifest));
            }
        } catch (IndexException e) {
            throw e;
        } catch (Exception e) {
            throw new IndexException(file.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The packages of the Java platform that the code touches. */
    List<String> fingerprint() {
        return imports.stream()
                .map(PackageRange::name)
                .filter(name -> name.startsWith("java."))
                .toList();
    }

    /** The requirements that an operator has to grant. */
    List<Clause> permissions() {
        return requires.stream()
                .filter(clause -> clause.namespace().equals(PERMISSION))
                .toList();
    }

    private static JarFacts of(Path file, byte[] bytes, Domain domain, List<ComponentFacts> components)
            throws IOException {
        List<Clause> requires = clauses(domain.getRequireCapability());
        return new JarFacts(
                file,
                domain.getBundleSymbolicName().getKey(),
                domain.getBundleVersion() == null ? "0.0.0" : domain.getBundleVersion(),
                Optional.ofNullable(domain.get("OpenMCP-Kind")),
                Digests.sha256(bytes),
                bytes.length,
                requires.stream()
                        .filter(clause -> clause.namespace().equals(EXECUTION_ENVIRONMENT))
                        .map(clause -> clause.directives().get("filter"))
                        .findFirst(),
                imports(domain.getImportPackage()),
                exports(domain.getExportPackage()),
                requires,
                clauses(domain.getProvideCapability()),
                components);
    }

    private static List<PackageRange> imports(Parameters header) {
        List<PackageRange> imports = new ArrayList<>();
        header.forEach((key, attrs) -> imports.add(new PackageRange(
                Processor.removeDuplicateMarker(key),
                attrs.getVersion() == null ? "" : attrs.getVersion(),
                "optional".equals(attrs.get("resolution:")))));
        imports.sort(Comparator.comparing(PackageRange::name).thenComparing(PackageRange::range));
        return List.copyOf(imports);
    }

    private static List<PackageVersion> exports(Parameters header) {
        List<PackageVersion> exports = new ArrayList<>();
        header.forEach((key, attrs) -> exports.add(new PackageVersion(
                Processor.removeDuplicateMarker(key), attrs.getVersion() == null ? "0.0.0" : attrs.getVersion())));
        exports.sort(Comparator.comparing(PackageVersion::name).thenComparing(PackageVersion::version));
        return List.copyOf(exports);
    }

    private static List<Clause> clauses(Parameters header) {
        List<Clause> clauses = new ArrayList<>();
        header.forEach((key, attrs) -> clauses.add(clause(Processor.removeDuplicateMarker(key), attrs)));
        clauses.sort(Comparator.comparing(Clause::text));
        return List.copyOf(clauses);
    }

    private static Clause clause(String namespace, Attrs attrs) {
        Map<String, String> attributes = new TreeMap<>();
        Map<String, String> directives = new TreeMap<>();
        for (Map.Entry<String, String> entry : attrs.entrySet()) {
            if (entry.getKey().endsWith(":")) {
                directives.put(entry.getKey().substring(0, entry.getKey().length() - 1), sorted(entry));
            } else {
                attributes.put(entry.getKey(), entry.getValue());
            }
        }
        return new Clause(namespace, attributes, directives);
    }

    /** A {@code uses} list has no order of its own. */
    private static String sorted(Map.Entry<String, String> directive) {
        if (!directive.getKey().equals("uses:")) {
            return directive.getValue();
        }
        return String.join(
                ",", new TreeSet<>(OSGiHeader.parseHeader(directive.getValue()).keySet()));
    }
}
