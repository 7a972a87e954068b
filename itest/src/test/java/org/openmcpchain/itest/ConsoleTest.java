/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The console over SSH, as an operator uses it: a key in keys.properties, one command for each connection (H07, F143). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {

    private static final String ORACLE = "org.openmcpchain.tool.oracle";
    private static final String GOAL = "what is the price of ETH in USD?";

    private static TestHost host;
    private static SshConsole console;

    @BeforeAll
    static void start() throws Exception {
        KeyPair keys = keyPair();
        Path etc = etcWith("me = " + PublicKeyEntry.toString(keys.getPublic()).split(" ")[1] + ",_g_:admingroup");
        host = TestHost.start("console", Map.of("KARAF_ETC", etc.toString()));
        console = new SshConsole(host.sshPort(), "me", keys);
    }

    @AfterAll
    static void stop() {
        console.close();
        host.close();
    }

    @Test
    @Order(1)
    void anotherKeyDoesNotGetIn() throws Exception {
        try (SshConsole stranger = new SshConsole(host.sshPort(), "me", keyPair())) {
            assertThatThrownBy(() -> stranger.run("task:list")).hasRootCauseInstanceOf(SshException.class);
        }
    }

    @Test
    @Order(2)
    void tablesForPeopleAndJsonForPrograms() {
        assertThat(console.run("inference:list").output())
                .startsWith("id ")
                .contains("planner", "deterministic planner");
        JsonNode network = console.run("chain:status --json").json().at("/items/0");
        assertThat(network.path("id").asText()).isEqualTo("eip155:31337");
        assertThat(network.path("reachable").asBoolean()).isTrue();
        assertThat(console.run("chain:accounts").output()).contains(" ETH, ");
        assertThat(console.run("tool:list").output()).startsWith("No tools.");
    }

    @Test
    @Order(3)
    void everyCommandExplainsItself() {
        Stream.of("task:submit", "market:install", "journal:verify", "access:key-issue")
                .forEach(command -> {
                    SshConsole.Result help = console.run(command + " --help");
                    assertThat(help.status()).as(command).isZero();
                    assertThat(help.output()).contains("DESCRIPTION", "OPTIONS", "DETAILS", "--json");
                });
    }

    @Test
    @Order(4)
    void aFailureIsCodeTextRemedyAndStatus() {
        SshConsole.Result result = console.run("task:show nope");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output().lines())
                .containsExactly(
                        "RUN_UNKNOWN: There is no run with this id (id: nope)",
                        "  List the runs and use one of their ids.");
        assertThat(console.run("task:show --json nope").json().path("code").asText())
                .isEqualTo("RUN_UNKNOWN");
    }

    @Test
    @Order(5)
    void installsOnlyWhatIsThere() {
        SshConsole.Result unknown = console.run("market:install org.example.nothing");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.output()).startsWith("LISTING_UNKNOWN: ");

        SshConsole.Result installed = console.run("market:install --grant --json " + ORACLE);
        assertThat(installed.status()).as(installed.output()).isZero();
        assertThat(installed.json().path("state").asText()).isEqualTo("ACTIVE");
        assertThat(installed.json().path("installedBy").asText()).isEqualTo("console:me");
        assertThat(console.run("tool:list").output()).contains("oracle_price", "READ");
        assertThat(console.run("market:search --json oracle")
                        .json()
                        .at("/items/0/installed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @Order(6)
    void followsAGoalToItsReply() {
        SshConsole.Result result = console.run("task:submit -f '" + GOAL + "'");

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("run.submitted", "tool.returned", "run.ended", "3000");
    }

    @Test
    @Order(7)
    void saysTheSameAsTheApi() {
        ObjectNode told =
                (ObjectNode) console.run("task:list --json --text price").json().at("/items/0");
        String id = told.path("id").asText();
        ObjectNode api = (ObjectNode) TestHost.json(host.get("/tasks/" + id).body());

        assertThat(told.path("principal").asText()).isEqualTo("console:me");
        assertThat(told.at("/receipt/digest")).isEqualTo(api.at("/receipt/digest"));
        assertThat(told.<ObjectNode>without("receipt")).isEqualTo(api.without(java.util.List.of("links", "receipt")));
        assertThat(console.run("task:receipt " + id).output().strip())
                .isEqualTo(host.get("/tasks/" + id + "/receipt").body());
        assertThat(console.run("journal:verify --json run/" + id)
                        .json()
                        .path("intact")
                        .asBoolean())
                .isTrue();
        assertThat(console.run("task:events --json " + id).output().lines())
                .hasSize(host.journal(id).size());
    }

    @Test
    @Order(8)
    void aKeyFromTheConsoleOpensTheApiUntilItIsRevoked() {
        JsonNode issued =
                console.run("access:key-issue --json --scope READ visitor").json();
        String key = issued.path("key").asText();
        assertThat(host.send(host.request("/tools", key).GET()).statusCode()).isEqualTo(200);
        assertThat(console.run("access:key-list").output()).contains("visitor").doesNotContain(key);

        console.run("access:key-revoke " + issued.at("/info/id").asText());

        assertThat(host.send(host.request("/tools", key).GET()).statusCode()).isEqualTo(401);
        assertThat(host.log()).doesNotContain(key);
    }

    @Test
    @Order(9)
    void removesWhatItInstalled() {
        assertThat(console.run("market:remove " + ORACLE).output().strip()).isEqualTo("removed " + ORACLE);
        assertThat(console.run("tool:list").output()).startsWith("No tools.");
        assertThat(console.run("journal:show host").output())
                .contains("market.installed", "market.removed", "access.key-issued", "console:me");
    }

    private static KeyPair keyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        return generator.generateKeyPair();
    }

    /** The distribution's configuration with one user more, as an operator would have it. */
    private static Path etcWith(String user) throws IOException {
        Path from = TestHost.ROOT.resolve("distro/assembly/target/assembly/etc");
        Path etc = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "console-etc");
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, etc.resolve(file.getFileName()));
            }
        }
        Files.writeString(etc.resolve("keys.properties"), System.lineSeparator() + user, StandardOpenOption.APPEND);
        return etc;
    }
}
