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
    private String refusal = "";

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
     * @param startedRun the run that was started for it, or empty when it has to wait for one
     * @return 0 when the run did what was asked
     */
    int follow(String startedRun) {
        run = startedRun;
        if (run.isEmpty() && terminal.await("waiting for its turn", PATIENCE, this::hasTurn) == null) {
            throw new CliException("the message waits still", "Run ./openmcp session history to see what it waits for");
        }
        if (run.isEmpty()) {
            terminal.fact("answer", refusal);
            return 1;
        }
        client.follow(run, new EventTeller(terminal));
        JsonNode ended = client.get("/tasks/" + HostClient.encoded(run));
        String otherwise = ended.path("errorDetail").asText(ended.path("state").asText());
        terminal.fact("answer", ended.path("reply").asText(otherwise));
        return ended.path("state").asText().equals("SUCCEEDED") ? 0 : 1;
    }

    /** Whether a run works on the message, or it was answered without one. */
    private boolean hasTurn() {
        JsonNode items = client.get(session + "/history?limit=" + PAGE + "&after=" + seen)
                .path("items");
        for (JsonNode item : items) {
            seen = item.path("seq").asLong();
            if (names(item)) {
                run = item.path("run").asText("");
                refusal = item.path("text").asText("");
                return true;
            }
        }
        return false;
    }

    private boolean names(JsonNode item) {
        String kind = item.path("kind").asText();
        boolean decides = kind.equals("turn") || kind.equals("answer");
        for (JsonNode number : item.path("messages")) {
            if (decides && number.asLong() == message) {
                return true;
            }
        }
        return false;
    }
}
