/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says yes to one approval, after showing what it is about. */
@Command(
        name = "approve",
        description = "Shows what is to be approved in plain words, asks, and approves exactly that.",
        mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {

    @Mixin
    private ApiOption api;

    @Parameters(paramLabel = "ID", description = "The id of the approval.")
    private String id;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--comment", defaultValue = "", description = "Goes into the journal.")
    private String comment;

    @Override
    public Integer call() throws IOException {
        HostClient client = api.client();
        Terminal terminal = Terminal.standard();
        JsonNode approval = client.get("/approvals/" + HostClient.encoded(id));
        if (!api.json()) {
            tell(approval, terminal);
        }
        if (!yes && !confirmed()) {
            terminal.line("Not approved.");
            return 1;
        }
        JsonNode after = client.post(
                "/approvals/" + HostClient.encoded(id) + "/approve",
                Map.of("intentHash", approval.path("intentHash").asText(), "comment", comment));
        long votes = StreamSupport.stream(after.path("votes").spliterator(), false)
                .filter(vote -> vote.path("approves").asBoolean())
                .count();
        terminal.line(
                api.json()
                        ? after.toString()
                        : after.path("state").asText() + ", " + votes + " of "
                                + after.path("required").asText());
        return 0;
    }

    private static void tell(JsonNode approval, Terminal terminal) {
        terminal.line(Plain.line(approval.path("summary").asText()));
        approval.path("lines").forEach(line -> terminal.line("  " + Plain.line(line.asText())));
        terminal.fact(
                "asked by",
                Plain.line(approval.path("rule").asText() + ": "
                        + approval.path("reason").asText()));
        terminal.fact(
                "lapses",
                approval.path("expiresAt").asText() + " with "
                        + approval.path("onExpiry").asText());
    }

    private static boolean confirmed() throws IOException {
        Console console = System.console();
        if (console == null) {
            throw new CliException("nobody can be asked here", "Read it with ./openmcp approvals, then give --yes");
        }
        String answer = console.readLine("Approve this? (y/n) ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
