/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what waits for an answer. */
@Command(name = "approvals", description = "Lists what waits for a person's approval.", mixinStandardHelpOptions = true)
final class ApprovalsCommand implements Callable<Integer> {

    @Mixin
    private ApiOption api;

    @Option(
            names = "--state",
            defaultValue = "PENDING",
            description = "Only these states, separated by commas (default: ${DEFAULT-VALUE}).")
    private String state;

    @Override
    public Integer call() {
        JsonNode page = api.client().get("/approvals?limit=200&state=" + HostClient.encoded(state));
        Terminal terminal = Terminal.standard();
        if (api.json()) {
            terminal.line(page.toString());
        } else if (page.path("items").isEmpty()) {
            terminal.line("Nothing waits for an approval.");
        } else {
            page.path("items")
                    .forEach(approval -> terminal.line(approval.path("id").asText() + "  "
                            + approval.path("state").asText() + "  "
                            + Plain.line(approval.path("summary").asText())));
        }
        return 0;
    }
}
