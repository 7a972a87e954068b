/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.itest.TestHost.await;
import static org.openmcpchain.itest.TestHost.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tools come and go while the host runs, and what is wrong stays outside (F369, F373). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketplaceTest {

    private static final String DEX = "org.openmcpchain.tool.dex";
    private static final String NFT = "org.openmcpchain.tool.nft";
    private static final String ORACLE = "org.openmcpchain.tool.oracle";
    /** A host with its platform has about 110; fifty leaked ones could not hide below this. */
    private static final int CLASS_LOADERS_OF_A_HOST = 140;

    private static final Pattern CLASS_LOADERS = Pattern.compile(
            "(\\d+)\\s+\\d+\\s+org\\.apache\\.felix\\.framework\\.BundleWiringImpl\\$BundleClassLoader\\s");

    private TestHost host;

    @BeforeAll
    void aHostWithRedBundlesInItsIndex(@TempDir Path folder) {
        RedMarket market = RedMarket.publish(folder.resolve("market"));
        host = TestHost.start(
                "marketplace",
                Map.of(
                        "KARAF_ETC",
                        market.configuredIn(folder.resolve("etc")).toString(),
                        // Soft references go with the next collection, so that only a real leak keeps a class loader.
                        "OPENMCP_JAVA_OPTS",
                        "-XX:SoftRefLRUPolicyMSPerMB=0"));
    }

    @AfterAll
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void toolsComeAndGoWhileTheHostRuns() {
        List.of(DEX, NFT, ORACLE).forEach(host::install);

        await().untilAsserted(() -> assertThat(bundlesOfTools()).contains(DEX, NFT, ORACLE));
        assertThat(json(host.get("/market/installed").body()).path("items")).hasSize(3);

        for (String id : List.of(DEX, NFT, ORACLE)) {
            assertThat(host.delete("/market/" + id).statusCode()).isEqualTo(204);
        }
        await().untilAsserted(() -> assertThat(bundlesOfTools()).isEmpty());
        assertThat(json(host.get("/market/installed").body()).path("items")).isEmpty();
    }

    @Test
    void whatIsWrongStaysOutAndTheNextInstallationWorks() {
        JsonNode before = json(host.get("/market/installed").body());

        assertThat(refused(RedMarket.TAMPERED).path("code").asText()).isEqualTo("ARTIFACT_DIGEST_MISMATCH");
        JsonNode unresolved = refused(RedMarket.NOWHERE);
        assertThat(unresolved.path("code").asText()).isEqualTo("INSTALL_UNRESOLVED");
        assertThat(unresolved.at("/params/missing").asText()).contains("org.example.nowhere");
        JsonNode failed = refused(RedMarket.THROWING);
        assertThat(failed.path("code").asText()).isEqualTo("INSTALL_ACTIVATION_FAILED");
        assertThat(failed.at("/params/detail").asText()).isEqualTo("the oven is cold");

        assertThat(json(host.get("/market/installed").body())).isEqualTo(before);
        host.install(ORACLE);
        assertThat(host.delete("/market/" + ORACLE).statusCode()).isEqualTo(204);
    }

    @Test
    void nothingIsGrantedInPassing() {
        HttpResponse<String> answer = host.post("/market/" + NFT + "/install", Map.of("grantPermissions", false));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(json(answer.body()).path("code").asText()).isEqualTo("INSTALL_PERMISSIONS");
    }

    @Test
    void anInstallationThatAKillCutsOffIsUndone() {
        Path features = host.home().resolve("data/market/features");
        CompletableFuture.runAsync(
                () -> host.post("/market/" + RedMarket.SLOW + "/install", Map.of("grantPermissions", true)));
        await().until(() -> String.join("", names(features)).contains(RedMarket.SLOW));

        host.kill();
        host.up();

        await().untilAsserted(() -> assertThat(String.join("", names(features))).doesNotContain(RedMarket.SLOW));
        assertThat(host.get("/market/installed").body()).doesNotContain(RedMarket.SLOW);
        host.install(ORACLE);
        assertThat(host.delete("/market/" + ORACLE).statusCode()).isEqualTo(204);
    }

    @Test
    void fiftyInstallationsLeaveNoClassLoaderBehind() {
        for (int i = 0; i < 50; i++) {
            installAndRemove(DEX);
        }
        int before = classLoaders();

        for (int i = 0; i < 10; i++) {
            installAndRemove(DEX);
        }

        // The framework makes the class loader of a bundle of its own when that first loads a class, so a few may still
        // come; a leak would leave one for each of the ten, and would have left fifty before.
        await().untilAsserted(() -> assertThat(classLoaders()).isLessThan(before + 10));
        assertThat(before).isLessThan(CLASS_LOADERS_OF_A_HOST);
    }

    private void installAndRemove(String id) {
        host.install(id);
        assertThat(host.delete("/market/" + id).statusCode()).isEqualTo(204);
    }

    private JsonNode refused(String id) {
        HttpResponse<String> answer = host.post("/market/" + id + "/install", Map.of("grantPermissions", true));
        assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
        return json(answer.body());
    }

    private List<String> bundlesOfTools() {
        return StreamSupport.stream(
                        json(host.get("/tools").body()).path("items").spliterator(), false)
                .map(tool -> tool.at("/bundle/symbolicName").asText())
                .distinct()
                .toList();
    }

    private static List<String> names(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    /** The histogram counts what is alive: the VM collects first. */
    private int classLoaders() {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(host.pid()),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher row = CLASS_LOADERS.matcher(histogram);
            assertThat(row.find())
                    .as(histogram.lines().limit(5).toList().toString())
                    .isTrue();
            return Integer.parseInt(row.group(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
