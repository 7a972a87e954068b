/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code kill -9}: nothing acknowledged is lost, nothing is sent twice (F069, F070, F032). */
class CrashTest {

    private static TestHost host;

    @BeforeAll
    static void start() {
        host = TestHost.start("crash");
        host.install("org.openmcpchain.tool.dex");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void finishesATaskWhoseHostWasKilledRightAfterItWasAccepted() {
        long before = host.nonce(treasury());
        String id = host.submit("swap 0.1 ETH for USDC with at most 1 % slippage");
        host.kill();
        host.up();

        JsonNode task = host.ended(id);

        assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("SUCCEEDED");
        assertThat(host.nonce(treasury())).isEqualTo(before + 1);
        assertThat(host.journal(id, "tx.signed")).hasSize(1);
    }

    @Test
    void sendsOneSwapAlthoughTheHostWasKilledRightAfterItWasSent() {
        long before = host.nonce(treasury());
        // Blocks wait, so that the transaction is certainly out and certainly not mined when the host dies.
        host.rpc("evm_setAutomine", false);
        String id = host.submit("swap 0.1 ETH for USDC with at most 1 % slippage");
        TestHost.await().until(() -> host.journal(id, "tx.state").stream()
                .anyMatch(body -> body.path("state").asText().equals("SUBMITTED")));
        List<JsonNode> signed = host.journal(id, "tx.signed");
        host.kill();
        host.rpc("evm_setAutomine", true);
        host.rpc("evm_mine");
        host.up();

        JsonNode task = host.ended(id);

        assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("SUCCEEDED");
        assertThat(host.nonce(treasury())).isEqualTo(before + 1);
        assertThat(host.journal(id, "tx.signed")).isEqualTo(signed).hasSize(1);
        assertThat(task.path("result").path("transactions").path(0).path("hash").asText())
                .isEqualTo(signed.get(0).path("hash").asText());
    }

    /** Karaf writes in place which features are installed; a kill in that moment leaves nothing of it. */
    @Test
    void startsAlthoughItWasKilledWhileKarafWroteItsList() throws IOException {
        host.kill();
        try (var all = Files.walk(host.home().resolve("data/cache"), 3)) {
            Path list = all.filter(path -> path.endsWith("data/state.json"))
                    .findFirst()
                    .orElseThrow();
            Files.write(list, new byte[0]);
        }
        host.up();

        assertThat(host.work("quote 1 ETH to USDC").path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void keepsKeysInstalledToolsAndEndedTasksAcrossARestart() {
        JsonNode task =
                host.ended(TestHost.json(host.post("/tasks", Map.of("goal", "quote 1 ETH to USDC", "clientId", "kept"))
                                .body())
                        .path("id")
                        .asText());
        host.kill();
        host.up();

        assertThat(TestHost.json(host.get("/tasks/" + task.path("id").asText()).body()))
                .isEqualTo(task);
        assertThat(TestHost.json(host.get("/tools").body()).path("items")).hasSize(2);
        assertThat(host.post("/tasks", Map.of("goal", "quote 1 ETH to USDC", "clientId", "kept"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String treasury() {
        return TestHost.json(host.get("/networks/eip155:31337/accounts").body())
                .path("items")
                .path(0)
                .path("address")
                .asText();
    }
}
