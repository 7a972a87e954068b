/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The part of the host's API that the crash harness uses, as any client would. */
final class CrashApi {

    private static final int PAGE = 200;
    private static final List<String> BUSY =
            List.of("PENDING", "SCHEDULED", "RUNNING", "RETRYING", "PAUSED", "WAITING_APPROVAL");

    private final BenchHost host;

    CrashApi(BenchHost host) {
        this.host = host;
    }

    /** Puts a rule in front of the policy that holds every mint for approval. */
    void holdMints() throws IOException, InterruptedException {
        JsonNode policy = host.send("GET", "/policy", null);
        String rule =
                """
                rules:
                  - id: mints-are-held
                    at: TOOL
                    when: intent.subject == "nft_mint"
                    then: ASK
                    reason: a new token is something that a person looks at
                    approval: {approvers: ["*"], expires: P1D}
                """;
        ObjectNode update = BenchHost.JSON.createObjectNode();
        update.put("expectedVersion", policy.path("version").asLong());
        update.put("text", policy.path("text").asText().replaceFirst("(?m)^rules:\\n", rule));
        host.send("PUT", "/policy", update.toString());
    }

    /** Says something; returns the number that the message has in its session. */
    long say(CrashPlan.Line line) throws IOException, InterruptedException {
        ObjectNode message = BenchHost.JSON.createObjectNode();
        message.put("text", line.goal());
        message.put("clientId", line.id());
        message.put("mode", "FOLLOW_UP");
        return host.send("POST", session(line.session()) + "/messages", message.toString())
                .path("message")
                .asLong();
    }

    static String session(int number) {
        return "/sessions/crash/trader/dm/client-" + number;
    }

    List<JsonNode> history(int session) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        List<JsonNode> page;
        do {
            long after = all.isEmpty() ? 0 : all.get(all.size() - 1).path("seq").asLong();
            page = items(host.send("GET", session(session) + "/history?limit=" + PAGE + "&after=" + after, null));
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    List<JsonNode> pendingApprovals() throws IOException, InterruptedException {
        return items(host.send("GET", "/approvals?state=PENDING&limit=" + PAGE, null));
    }

    void approve(JsonNode approval) throws IOException, InterruptedException {
        ObjectNode answer = BenchHost.JSON.createObjectNode();
        answer.put("intentHash", approval.path("intentHash").asText());
        answer.put("comment", "looked at it");
        host.send("POST", "/approvals/" + approval.path("id").asText() + "/approve", answer.toString());
    }

    void reject(JsonNode approval) throws IOException, InterruptedException {
        host.send("POST", "/approvals/" + approval.path("id").asText() + "/reject", "{\"reason\":\"not this one\"}");
    }

    /** Every run of the host. */
    List<JsonNode> runs() throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        List<JsonNode> page;
        do {
            page = items(host.send("GET", "/tasks?limit=" + PAGE + "&offset=" + all.size() + "&order=asc", null));
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    /** Whether no run is at work or held, and no message waits for one. */
    boolean isAtRest(int sessions) throws IOException, InterruptedException {
        for (int session = 0; session < sessions; session++) {
            JsonNode now = host.send("GET", session(session), null);
            if (now.path("pending").asInt() > 0 || now.has("activeRun")) {
                return false;
            }
        }
        JsonNode byState = stats().path("byState");
        long busy = 0;
        for (String state : BUSY) {
            busy += byState.path(state).asLong();
        }
        return busy == 0;
    }

    JsonNode stats() throws IOException, InterruptedException {
        return host.send("GET", "/tasks/stats", null);
    }

    List<JsonNode> entries(String run) throws IOException, InterruptedException {
        return items(host.send("GET", "/journal/entries?limit=1000&stream=run/" + run, null));
    }

    JsonNode verify() throws IOException, InterruptedException {
        return host.send("GET", "/journal/verify", null);
    }

    String treasury() throws IOException, InterruptedException {
        return host.send("GET", "/networks/eip155:31337/accounts", null)
                .path("items")
                .path(0)
                .path("address")
                .asText();
    }

    void install(String tool) throws IOException, InterruptedException {
        host.send("POST", "/market/" + tool + "/install", "{\"grantPermissions\":true}");
    }

    private static List<JsonNode> items(JsonNode answer) {
        List<JsonNode> items = new ArrayList<>();
        answer.path("items").forEach(items::add);
        return items;
    }
}
