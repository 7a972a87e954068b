/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Waits until a message of a session has its run, and tells what the run does and answers. */
final class MessageFollower {

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int PAGE = 1000;

    private final HostClient client;
    private final Terminal terminal;
    private final String session;
    private final long message;
    private long seen;
    private String run = "";

    /** @param session the path of the session */
    MessageFollower(HostClient client, Terminal terminal, String session, long message) {
        this.client = client;
        this.terminal = terminal;
        this.session = session;
        this.message = message;
    }

    /**
     * Follows the message to its answer.
     *
     * @param knownRun its run, or empty when it has none yet
     * @return 0 when the run did what was asked
     */
    int follow(String knownRun) {
        run = knownRun;
        if (run.isEmpty() && terminal.await("waiting for its turn", PATIENCE, this::hasRun) == null) {
            throw new CliException("the message waits still", "Run ./openmcp session history to see what it waits for");
        }
        client.follow(run, new EventTeller(terminal));
        JsonNode ended = client.get("/tasks/" + HostClient.encoded(run));
        boolean good = ended.path("state").asText().equals("SUCCEEDED");
        terminal.fact(
                "answer",
                Plain.line(ended.path("reply")
                        .asText(ended.path("errorDetail")
                                .asText(ended.path("state").asText()))));
        return good ? 0 : 1;
    }

    private boolean hasRun() {
        JsonNode items = client.get(session + "/history?limit=" + PAGE + "&after=" + seen)
                .path("items");
        for (JsonNode item : items) {
            seen = item.path("seq").asLong();
            if (item.path("kind").asText().equals("turn")) {
                for (JsonNode number : item.path("messages")) {
                    run = number.asLong() == message ? item.path("run").asText() : run;
                }
            }
        }
        return !run.isEmpty();
    }
}
