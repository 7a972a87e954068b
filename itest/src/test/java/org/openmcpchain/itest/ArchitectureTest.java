/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may import whom, read from the manifests as they were built (architecture §8; F007, F149, H02, H03). */
class ArchitectureTest {

    private static final Set<String> KINDS = Set.of("api", "core", "tool", "provider", "gateway", "lib");

    private static final String OURS = "org.openmcpchain.";

    /** Packages of the API: everything of ours that is not below a bundle's own name. */
    private static final Pattern API = Pattern.compile(
            "org\\.openmcpchain\\.(access|chain|config|error|inference|journal|market|money|policy|proof|run|session|tool|wallet)");

    /** Declared contracts: exported by a core bundle for those who implement or use it. */
    private static final Map<String, Set<String>> CONTRACTS = Map.of(
            "org.openmcpchain.core.lease", Set.of("core.lease", "core.inference", "core.agent"),
            "org.openmcpchain.core.run",
                    Set.of("core.run", "core.access", "core.policy", "core.session", "core.agent", "store.jpa"),
            "org.openmcpchain.core.inference",
                    Set.of("core.inference", "core.agent", "inference.planner", "inference.openai"));

    private static final List<String> NOT_FOR_TOOLS = List.of(
            "java.net",
            "java.nio.file",
            "java.lang.reflect",
            "java.lang.ref",
            "java.util.jar",
            "java.util.zip",
            "java.sql",
            "javax.script",
            "javax.net",
            "javax.naming",
            "sun.",
            "org.osgi.framework",
            "org.osgi.service",
            "org.osgi.util",
            "org.apache",
            "org.web3j",
            "dev.langchain4j");

    @Test
    void everyBundleSaysWhatKindItIs() throws IOException {
        assertThat(manifests()).hasSizeGreaterThan(15).allSatisfy((folder, manifest) -> assertThat(
                        attribute(manifest, "OpenMCP-Kind"))
                .as(folder)
                .isIn(KINDS));
    }

    @Test
    void theApiNeedsNothingButJava() throws IOException {
        assertThat(imports(manifests().get("core.api")))
                .allMatch(name -> name.startsWith("java.") || name.startsWith(OURS));
    }

    @Test
    void toolsSeeTheApiAndNothingElse() throws IOException {
        ofKind("tool").forEach((folder, manifest) -> {
            assertThat(imports(manifest))
                    .as(folder)
                    .noneMatch(name -> NOT_FOR_TOOLS.stream().anyMatch(name::startsWith))
                    .allMatch(name ->
                            name.startsWith("java.") || API.matcher(name).matches());
            assertThat(attribute(manifest, "Export-Package")).as(folder).isNull();
            assertThat(attribute(manifest, "DynamicImport-Package")).as(folder).isNull();
            assertThat(attribute(manifest, "Bundle-Activator")).as(folder).isNull();
        });
    }

    @Test
    void nobodyImportsTheInsideOfAnother() throws IOException {
        List<String> wrong = new ArrayList<>();
        manifests().forEach((folder, manifest) -> imports(manifest).stream()
                .filter(name -> name.startsWith(OURS) && !API.matcher(name).matches())
                .filter(name -> !name.startsWith(OURS + folder))
                .filter(name -> !CONTRACTS.getOrDefault(name, Set.of()).contains(folder))
                .forEach(name -> wrong.add(folder + " imports " + name)));
        assertThat(wrong).isEmpty();
    }

    @Test
    void theCoreKnowsNoProviderNoGatewayAndNoKaraf() throws IOException {
        ofKind("core").forEach((folder, manifest) -> {
            if (!folder.equals("core.market")) {
                assertThat(imports(manifest)).as(folder).noneMatch(name -> name.startsWith("org.apache.karaf"));
            }
            assertThat(imports(manifest))
                    .as(folder)
                    .noneMatch(name -> name.startsWith("org.web3j")
                            || name.startsWith("javax.ws.rs")
                            || name.startsWith("javax.persistence")
                            || name.startsWith("java.sql"));
        });
    }

    @Test
    void onlyTheStoreKnowsSql() throws IOException {
        manifests().forEach((folder, manifest) -> {
            if (!folder.equals("store.jpa") && !folder.startsWith("lib.")) {
                assertThat(imports(manifest))
                        .as(folder)
                        .noneMatch(name -> name.equals("java.sql")
                                || name.equals("javax.sql")
                                || name.startsWith("javax.persistence")
                                || name.startsWith("org.eclipse.persistence"));
            }
        });
    }

    @Test
    void everyExportedPackageHasAVersionAndNoneIsInternal() throws IOException {
        manifests().forEach((folder, manifest) -> {
            String exports = attribute(manifest, "Export-Package");
            if (exports != null && !folder.startsWith("lib.")) {
                assertThat(exports).as(folder).doesNotContain(".internal");
                clauses(exports).forEach(clause -> assertThat(clause).as(folder).contains("version="));
            }
        });
    }

    @Test
    void everyFolderExplainsItself() throws IOException {
        for (String folder : manifests().keySet()) {
            if (!folder.startsWith("lib.")) {
                assertThat(TestHost.ROOT.resolve(folder).resolve("README.md"))
                        .as(folder)
                        .isNotEmptyFile();
            }
        }
    }

    private static Map<String, Manifest> ofKind(String kind) throws IOException {
        Map<String, Manifest> found = new TreeMap<>(manifests());
        found.values().removeIf(manifest -> !kind.equals(attribute(manifest, "OpenMCP-Kind")));
        assertThat(found).isNotEmpty();
        return found;
    }

    private static Map<String, Manifest> manifests() throws IOException {
        Map<String, Manifest> found = new TreeMap<>();
        try (Stream<Path> folders = Files.list(TestHost.ROOT)) {
            for (Path folder : folders.filter(path -> Files.isRegularFile(path.resolve("bnd.bnd")))
                    .toList()) {
                if (folder.equals(TestHost.ROOT) || !Files.exists(folder.resolve("pom.xml"))) {
                    continue;
                }
                Path manifest = folder.resolve("target/classes/META-INF/MANIFEST.MF");
                try (InputStream in = Files.newInputStream(manifest)) {
                    found.put(folder.getFileName().toString(), new Manifest(in));
                }
            }
        }
        return found;
    }

    private static List<String> imports(Manifest manifest) {
        String header = attribute(manifest, "Import-Package");
        return header == null
                ? List.of()
                : clauses(header).stream()
                        .map(clause -> clause.split(";")[0].trim())
                        .toList();
    }

    private static String attribute(Manifest manifest, String name) {
        return manifest.getMainAttributes().getValue(name);
    }

    /** Splits a header at its commas, but not at those within quotes. */
    private static List<String> clauses(String header) {
        Matcher matcher = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+").matcher(header);
        List<String> clauses = new ArrayList<>();
        while (matcher.find()) {
            clauses.add(matcher.group());
        }
        assertThat(clauses).as(Arrays.toString(header.split(","))).isNotEmpty();
        return clauses;
    }
}
