/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether a host runs, and how it is. */
@Command(
        name = "status",
        description =
                "Says whether the host runs; with the API key in OPENMCP_API_KEY also whether each part is ready.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it runs", "1:it does not run, or does not answer"})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Optional<HostHome.Running> running = home.of(Checkout.here()).running();
        ObjectNode node = HostClient.JSON.createObjectNode();
        if (running.isEmpty()) {
            node.put("status", "down");
        } else {
            describe(running.get(), node);
        }
        if (json) {
            System.out.println(node);
        } else {
            tell(node);
        }
        return node.path("status").asText().equals("up") ? 0 : 1;
    }

    private static void describe(HostHome.Running running, ObjectNode node) {
        HostClient client = new HostClient(running.url(), System.getenv("OPENMCP_API_KEY"));
        node.put("status", client.lives() ? "up" : "not answering")
                .put("pid", running.process().pid())
                .put("url", running.url())
                .put("sshPort", running.sshPort())
                .put(
                        "uptimeSeconds",
                        Duration.between(running.startedAt(), Instant.now()).toSeconds());
        if (System.getenv("OPENMCP_API_KEY") != null) {
            try {
                JsonNode parts = client.get("/health/ready").path("parts");
                node.set("parts", parts);
            } catch (CliException e) {
                node.put("readiness", e.getMessage());
            }
        }
    }

    private static void tell(ObjectNode node) {
        Terminal terminal = Terminal.standard();
        node.fields()
                .forEachRemaining(field -> terminal.fact(
                        field.getKey(),
                        field.getValue().isValueNode()
                                ? field.getValue().asText()
                                : field.getValue().toString()));
    }
}
