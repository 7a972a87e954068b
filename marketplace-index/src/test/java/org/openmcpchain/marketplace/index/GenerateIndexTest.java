/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.marketplace.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.repository.XMLResourceParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

class GenerateIndexTest {

    private static final String COMPONENT =
            """
            <component name="sample.Greeter">
              <implementation class="org.example.greeter.Greeter"/>
              <service><provide interface="org.openmcpchain.tool.Tool"/></service>
              <reference name="clock" interface="org.example.Clock" cardinality="1..1"/>
              <reference name="spare" interface="org.example.Spare" cardinality="0..1"/>
            </component>
            """;

    @TempDir
    Path folder;

    private Path records;
    private Path jars;
    private Path out;

    @BeforeEach
    void aMarketWithTwoVersionsOfOneTool() throws Exception {
        records = folder.resolve("records");
        jars = Files.createDirectories(folder.resolve("jars"));
        out = folder.resolve("out");
        write("index.json", "{'schema':'urn:openmcpchain:schema:2026-11-20:index','name':'sample','sequence':7}");
        tool("org.example.greeter");
        release("org.example.greeter", "1.10.0");
        release("org.example.greeter", "1.9.0");
        jar("b.jar", "org.example.greeter", "1.9.0", "tool");
        jar("a.jar", "org.example.greeter", "1.10.0", "tool");
    }

    @Test
    void givesTheSameBytesForTheSameInput() throws Exception {
        run();
        Map<String, String> first = digests();
        for (Path jar : list(jars)) {
            Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH.plusSeconds(86_400)));
        }
        run();

        assertThat(digests()).isEqualTo(first);
        assertThat(Files.readString(out.resolve("catalogue.json")))
                .isEqualTo(CanonicalJson.of(Files.readString(out.resolve("catalogue.json"))));
        assertThat(Files.readString(out.resolve("catalogue.json.sha256")))
                .isEqualTo(Digests.sha256(Files.readAllBytes(out.resolve("catalogue.json"))) + "  catalogue.json\n");
    }

    @Test
    void readsFromTheJarWhatTheJarCanTell() throws Exception {
        run();
        JsonNode catalogue = catalogue();
        JsonNode entry = catalogue.at("/entries/1");

        assertThat(catalogue.at("/sequence").longValue()).isEqualTo(7);
        assertThat(catalogue.at("/entries/0/version").textValue()).isEqualTo("1.9.0");
        assertThat(entry.at("/version").textValue()).isEqualTo("1.10.0");
        byte[] jar = Files.readAllBytes(jars.resolve("a.jar"));
        assertThat(entry.at("/artifact/sha256").textValue()).isEqualTo(Digests.sha256(jar));
        assertThat(entry.at("/artifact/size").longValue()).isEqualTo(jar.length);
        assertThat(entry.at("/permissions").toString())
                .isEqualTo("[{\"attributes\":{\"contract\":\"uniswap-v2.router\"},\"kind\":\"contract\"}]");
        assertThat(entry.at("/manifest/fingerprint").toString()).isEqualTo("[\"java.lang\",\"java.net.http\"]");
        assertThat(entry.at("/manifest/imports/2").toString())
                .isEqualTo("{\"optional\":true,\"package\":\"org.openmcpchain.tool\",\"range\":\"[1.0,2)\"}");
        assertThat(entry.at("/manifest/components/0").toString())
                .isEqualTo("{\"implementation\":\"org.example.greeter.Greeter\",\"name\":\"sample.Greeter\","
                        + "\"references\":[\"org.example.Clock\"],\"services\":[\"org.openmcpchain.tool.Tool\"]}");
    }

    @Test
    void bindsTheResolverIndexAndTheBlobsByDigest() throws Exception {
        run();
        byte[] r5 = Files.readAllBytes(out.resolve("r5/index.xml"));
        String sha256 = catalogue().at("/entries/0/artifact/sha256").textValue();

        assertThat(catalogue().at("/r5/sha256").textValue()).isEqualTo(Digests.sha256(r5));
        assertThat(catalogue().at("/r5/size").longValue()).isEqualTo(r5.length);
        String xml = new String(r5, StandardCharsets.UTF_8);
        assertThat(xml)
                .contains("increment=\"7\"")
                .contains("\"../blobs/sha256/" + sha256.substring(0, 2) + "/" + sha256 + "\"")
                .doesNotContain(folder.toString());
        assertThat(Digests.sha256(Files.readAllBytes(out.resolve("blobs/sha256")
                        .resolve(sha256.substring(0, 2))
                        .resolve(sha256))))
                .isEqualTo(sha256);
        assertThat(XMLResourceParser.getResources(out.resolve("r5/index.xml").toUri()))
                .hasSize(2);
    }

    @Test
    void refusesARecordThatItsSchemaDoesNotAllow() throws Exception {
        write(
                "tools/org.example.greeter/tool.json",
                toolJson("org.example.greeter").replace("'kind'", "'sort'"));

        assertThatThrownBy(this::run).isInstanceOf(IndexException.class).hasMessageContaining("sort");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesAReleaseWithoutAJarAndAJarWithoutARelease() throws Exception {
        release("org.example.greeter", "2.0.0");
        assertThatThrownBy(this::run).hasMessageContaining("no jar for the release org.example.greeter/2.0.0");

        Files.delete(records.resolve("tools/org.example.greeter/releases/2.0.0.json"));
        jar("c.jar", "org.example.stranger", "1.0.0", "tool");
        assertThatThrownBy(this::run).hasMessageContaining("no release record for [org.example.stranger/1.0.0]");
    }

    @Test
    void refusesTwoJarsOfOneRelease() throws Exception {
        jar("c.jar", "org.example.greeter", "1.9.0", "tool");

        assertThatThrownBy(this::run).hasMessageContaining("are both org.example.greeter/1.9.0");
    }

    @Test
    void refusesAJarOfAnotherKindThanItsRecordSays() throws Exception {
        jar("a.jar", "org.example.greeter", "1.10.0", "wallet");

        assertThatThrownBy(this::run).hasMessageContaining("a.jar is of the kind wallet, its record says tool");
    }

    @Test
    void refusesARecordInAnotherPlaceThanItSays() throws Exception {
        write("tools/org.example.greeter/releases/3.0.0.json", releaseJson("org.example.greeter", "1.9.0"));

        assertThatThrownBy(this::run).hasMessageContaining("where its place says \"3.0.0\"");
    }

    @Test
    void refusesWhatIsNoBundle() throws Exception {
        Files.writeString(jars.resolve("c.jar"), "no zip");
        assertThatThrownBy(this::run).isInstanceOf(IndexException.class).hasMessageContaining("c.jar");
    }

    @Test
    void neverReplacesAFolderThatHoldsSomethingElse() throws Exception {
        Files.writeString(Files.createDirectories(out).resolve("thesis.txt"), "years of work");

        assertThatThrownBy(this::run).hasMessageContaining("it is not replaced");
        assertThat(out.resolve("thesis.txt")).exists();
    }

    @Test
    void explainsItsArguments() {
        assertThatThrownBy(() -> GenerateIndex.main("--records", "x")).hasMessageContaining("usage: --records DIR");
    }

    private void run() {
        GenerateIndex.main("--records", records.toString(), "--jars", jars.toString(), "--out", out.toString());
    }

    private JsonNode catalogue() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(out.resolve("catalogue.json")));
    }

    private Map<String, String> digests() throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(out.relativize(file).toString(), Digests.sha256(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    private static Iterable<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private void tool(String id) throws IOException {
        write("tools/" + id + "/tool.json", toolJson(id));
    }

    private static String toolJson(String id) {
        return "{'schema':'urn:openmcpchain:schema:2026-11-20:tool','id':'" + id + "','kind':'tool','title':'Greeter',"
                + "'summary':'Says hello.','publisher':'Example','licence':'MIT','category':'demo'}";
    }

    private void release(String id, String version) throws IOException {
        write("tools/" + id + "/releases/" + version + ".json", releaseJson(id, version));
    }

    private static String releaseJson(String id, String version) {
        return "{'schema':'urn:openmcpchain:schema:2026-11-20:release','id':'" + id + "','version':'" + version
                + "','changes':'First.'}";
    }

    private void write(String path, String json) throws IOException {
        Path file = records.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.replace('\'', '"'));
    }

    private void jar(String file, String symbolicName, String version, String kind) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setProperty("-reproducible", "true");
            builder.setProperty("-noextraheaders", "true");
            builder.setProperty("Bundle-SymbolicName", symbolicName);
            builder.setProperty("Bundle-Version", version);
            builder.setProperty("OpenMCP-Kind", kind);
            builder.setProperty("-resourceonly", "true");
            builder.setProperty(
                    "Import-Package",
                    "java.net.http,java.lang,org.openmcpchain.tool;version=\"[1.0,2)\";resolution:=optional");
            builder.setProperty(
                    "Require-Capability",
                    "openmcp.permission;kind=contract;contract=uniswap-v2.router;effective:=active;"
                            + "filter:='(contract=uniswap-v2.router)'");
            builder.setProperty("Service-Component", "OSGI-INF/greeter.xml");
            Jar jar = new Jar("fixture");
            jar.putResource("OSGI-INF/greeter.xml", new EmbeddedResource(COMPONENT, 0L));
            builder.setJar(jar);
            builder.build().write(jars.resolve(file).toFile());
        }
    }
}
