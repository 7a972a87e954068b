/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says no to one approval. */
@Command(
        name = "reject",
        description = "Rejects what waits for an approval; its run ends with the reason.",
        mixinStandardHelpOptions = true)
final class RejectCommand implements Callable<Integer> {

    @Mixin
    private ApiOption api;

    @Parameters(index = "0", paramLabel = "ID", description = "The id of the approval.")
    private String id;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "REASON", description = "Why; it goes into the journal.")
    private List<String> reason;

    @Override
    public Integer call() {
        JsonNode after = api.client()
                .post("/approvals/" + HostClient.encoded(id) + "/reject", Map.of("reason", String.join(" ", reason)));
        Terminal.standard()
                .line(api.json() ? after.toString() : after.path("state").asText());
        return 0;
    }
}
