/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.market.Permission;
import org.osgi.framework.Version;

class ArtifactCheckTest {

    private static final String ID = Jars.ID + ".red";

    @TempDir
    Path folder;

    @Test
    void acceptsABundleThatIsWhatItIsListedAs() {
        Artifact artifact = ArtifactCheck.check(
                file(Jars.empty("red").with("Require-Capability", Jars.ROUTER).bytes()),
                entry(List.of(Permission.contract("uniswap-v2.router"))));

        assertThat(artifact.permissions()).containsExactly(Permission.contract("uniswap-v2.router"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bundle-SymbolicName | org.example.other | symbolic name",
                "Bundle-Version | 1.0.1 | version",
                "OpenMCP-Kind | wallet | kind",
                "Fragment-Host | org.openmcpchain.core.policy | Fragment-Host",
                "DynamicImport-Package | * | DynamicImport-Package",
                "Require-Bundle | org.openmcpchain.core.api | Require-Bundle",
                "Bundle-NativeCode | lib.so;osname=linux | Bundle-NativeCode",
                "Bundle-UpdateLocation | http://127.0.0.1/x.jar | Bundle-UpdateLocation",
                "Export-Package | org.openmcpchain.core.market.samples | not its own",
                "Require-Capability | openmcp.permission;kind=contract;contract=x | the catalogue lists",
                "Require-Capability | openmcp.permission;kind=contract;resolution:=optional | optional one",
                "Require-Capability | openmcp.permission;contract=x | without a kind",
                "Require-Capability | openmcp.permission;kind='a)(b' | plain text",
                "Require-Capability | openmcp.permission;kind=spend;limit:Long=5 | plain text",
            })
    void refusesAManifest(String header, String value, String detail) {
        assertThat(refused(Jars.empty("red")
                        .with(header, value)
                        .with("-fixupmessages", "'.*'")
                        .bytes()))
                .contains(detail);
    }

    @Test
    void letsABundleExportItsOwnPackages() {
        byte[] jar = Jars.zipWithHeader(ID, "Export-Package: " + ID + "," + ID + ".spi", Map.of());

        assertThat(ArtifactCheck.check(file(jar), entry(List.of())).permissions())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "a/../../b", "a\\..\\b", "C:x", "a/./b", "line\nbreak"})
    void refusesANameThatLeadsOut(String name) {
        assertThat(refused(Jars.zip(ID, Map.of(name, "x")))).contains("leads out of it");
    }

    @Test
    void refusesAnEntryThatStandsThereTwice() {
        byte[] jar = Jars.zip(ID, Map.of("aaaa.class", "first", "bbbb.class", "other"));

        assertThat(refused(renamed(jar, "aaaa.class", "bbbb.class"))).contains("twice");
    }

    @Test
    void refusesWhatOnlyOneOfTwoReadersSees() throws IOException {
        byte[] hidden = Jars.zip(ID, Map.of("hidden.class", "x"));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(hidden);
        both.write(Jars.zip(ID, Map.of()));

        assertThat(refused(both.toByteArray())).contains("do not agree");
    }

    @Test
    void refusesTooManyEntries() {
        Map<String, String> entries = new TreeMap<>();
        for (int i = 0; i < 10_001; i++) {
            entries.put("e" + i, "");
        }

        assertThat(refused(Jars.zip(ID, entries))).contains("entries");
    }

    @Test
    void refusesABomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 257; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }

        assertThat(refused(bytes.toByteArray())).contains("unpacks to more than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "this is no zip"})
    void refusesWhatIsNoZip(String content) {
        assertThat(refused(content.getBytes(StandardCharsets.UTF_8))).isNotEmpty();
    }

    @Test
    void refusesAJarThatWasCutOff() {
        byte[] jar = Jars.empty("red").bytes();

        assertThat(refused(Arrays.copyOf(jar, jar.length / 2))).contains("not a jar");
    }

    @Test
    void refusesAJarThatIsNoBundle() {
        assertThat(refused(Jars.zipWithManifest("Manifest-Version: 1.0\n", Map.of())))
                .contains("not an OSGi bundle");
    }

    @Test
    void refusesAJarWithoutAManifest() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("x"));
            zip.closeEntry();
        }

        assertThat(refused(bytes.toByteArray())).contains("no manifest");
    }

    private String refused(byte[] jar) {
        HostException refused =
                catchThrowableOfType(HostException.class, () -> ArtifactCheck.check(file(jar), entry(List.of())));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(MarketError.ARTIFACT_INVALID);
        assertThat(Stream.of(refused.parameters().values()).map(String::valueOf))
                .noneMatch(text -> text.contains(folder.toString()));
        return refused.parameters().get("detail");
    }

    private Path file(byte[] jar) {
        try {
            return Files.write(folder.resolve("artifact.jar"), jar);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] renamed(byte[] jar, String from, String to) {
        String text = new String(jar, StandardCharsets.ISO_8859_1);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Entry entry(List<Permission> permissions) {
        return new Entry(ID, new Version(1, 0, 0), "tool", "t", "s", "p", "MIT", "0".repeat(64), 1, permissions);
    }
}
