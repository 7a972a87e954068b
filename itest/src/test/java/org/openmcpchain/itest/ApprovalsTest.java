/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the policy puts before people, on a real host with a real chain (F052, F053, F054). */
class ApprovalsTest {

    /** Large swaps are held where they are signed, mints where the tool is called, transfers only for a moment. */
    private static final String RULES =
            """
              - id: large-swaps
                at: SIGN
                when: tx.function.startsWith("swap") && tx.value >= amount("0.2e18")
                then: ASK
                reason: a large swap is something that a person looks at
                approval: {approvers: ["*"], expires: PT1H}
              - id: mints
                at: TOOL
                when: intent.subject == "nft_mint"
                then: ASK
                reason: new tokens are something that a person looks at
                approval: {approvers: ["*"], expires: PT2S}
            """;

    private static TestHost host;

    @BeforeAll
    static void start() {
        host = TestHost.start("approvals");
        host.install("org.openmcpchain.tool.dex");
        host.install("org.openmcpchain.tool.nft");
        Policy.prepend(host, RULES);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void executesOnceWhatWasApprovedAfterTwoRestarts() {
        long before = host.nonce(treasury());
        String run = host.submit("swap 0.25 ETH for USDC with at most 1 % slippage");
        JsonNode asked = approvalOf(run);
        assertThat(asked.path("summary").asText()).contains("0.25").contains("ETH");
        assertThat(asked.path("intent").path("transaction").path("simulated").asBoolean())
                .isTrue();

        host.down();
        host.up();
        assertThat(approvalOf(run)).isEqualTo(asked);
        host.kill();
        host.up();
        assertThat(approvalOf(run)).isEqualTo(asked);
        assertThat(host.nonce(treasury())).isEqualTo(before);

        refused(approve(asked, "0".repeat(64)), "APPROVAL_INTENT_CHANGED");
        assertThat(approve(asked, asked.path("intentHash").asText()).statusCode())
                .isEqualTo(200);
        JsonNode task = host.ended(run);

        assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("SUCCEEDED");
        assertThat(host.nonce(treasury())).isEqualTo(before + 1);
        JsonNode sent = host.rpc(
                "eth_getTransactionByHash",
                task.path("result").path("transactions").path(0).path("hash").asText());
        JsonNode approved = asked.path("intent").path("transaction");
        assertThat(sent.path("input").asText()).isEqualTo(approved.path("data").asText());
        assertThat(sent.path("to").asText())
                .isEqualToIgnoringCase(approved.path("to").asText());
        assertThat(number(sent, "value")).isEqualTo(approved.path("value").asLong());
        assertThat(number(sent, "gas")).isEqualTo(approved.path("gasLimit").asLong());
        assertThat(number(sent, "maxFeePerGas"))
                .isEqualTo(approved.path("maxFeePerGas").asLong());
        refused(approve(asked, asked.path("intentHash").asText()), "APPROVAL_ALREADY_USED");
        assertThat(host.journal(run, "tx.signed")).hasSize(1);
    }

    @Test
    void endsARejectedRunWithTheReason() {
        long before = host.nonce(treasury());
        String run = host.submit("swap 0.3 ETH for USDC with at most 1 % slippage");
        JsonNode asked = approvalOf(run);

        HttpResponse<String> answer = host.post(
                "/approvals/" + asked.path("id").asText() + "/reject", Map.of("reason", "not while the market sleeps"));
        JsonNode task = host.ended(run);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(task.path("state").asText()).isEqualTo("FAILED");
        assertThat(task.toString()).contains("APPROVAL_REJECTED").contains("not while the market sleeps");
        assertThat(host.nonce(treasury())).isEqualTo(before);
        refused(approve(asked, asked.path("intentHash").asText()), "APPROVAL_ALREADY_DECIDED");
    }

    @Test
    void deniesWhatNobodyAnswersInTime() {
        String run = host.submit("mint an NFT for bob.eth");
        JsonNode asked = approvalOf(run);

        JsonNode task = host.ended(run);

        assertThat(task.path("state").asText()).isEqualTo("FAILED");
        refused(approve(asked, asked.path("intentHash").asText()), "APPROVAL_EXPIRED");
    }

    @Test
    void withdrawsWhatACancelledRunAskedFor() {
        String run = host.submit("swap 0.4 ETH for USDC with at most 1 % slippage");
        JsonNode asked = approvalOf(run);

        host.post("/tasks/" + run + "/cancel", Map.of("reason", "changed my mind"));

        assertThat(host.ended(run).path("state").asText()).isEqualTo("CANCELLED");
        refused(approve(asked, asked.path("intentHash").asText()), "APPROVAL_WITHDRAWN");
    }

    @Test
    void putsAChangedSumBeforePeopleAnew() {
        String first = host.submit("swap 0.5 ETH for USDC with at most 1 % slippage");
        String second = host.submit("swap 0.6 ETH for USDC with at most 1 % slippage");
        JsonNode askedFirst = approvalOf(first);
        JsonNode askedSecond = approvalOf(second);

        refused(approve(askedSecond, askedFirst.path("intentHash").asText()), "APPROVAL_INTENT_CHANGED");
        assertThat(host.post("/tasks/" + first + "/cancel", Map.of()).statusCode())
                .isLessThan(300);
        assertThat(host.post("/tasks/" + second + "/cancel", Map.of()).statusCode())
                .isLessThan(300);
    }

    private static JsonNode approvalOf(String run) {
        return TestHost.await()
                .until(
                        () -> items("/approvals?limit=200").stream()
                                .filter(item -> item.path("intent")
                                        .path("runId")
                                        .asText()
                                        .equals(run))
                                .findFirst()
                                .orElse(null),
                        item -> item != null);
    }

    private static List<JsonNode> items(String path) {
        List<JsonNode> items = new java.util.ArrayList<>();
        TestHost.json(host.get(path).body()).path("items").forEach(items::add);
        return items;
    }

    private static HttpResponse<String> approve(JsonNode approval, String hash) {
        return host.post(
                "/approvals/" + approval.path("id").asText() + "/approve",
                Map.of("intentHash", hash, "comment", "looked at it"));
    }

    private static void refused(HttpResponse<String> answer, String code) {
        assertThat(TestHost.json(answer.body()).path("code").asText())
                .as(answer.body())
                .isEqualTo(code);
        assertThat(answer.statusCode()).isEqualTo(409);
    }

    private static long number(JsonNode transaction, String field) {
        return Long.decode(transaction.path(field).asText());
    }

    private static String treasury() {
        return TestHost.json(host.get("/networks/eip155:31337/accounts").body())
                .path("items")
                .path(0)
                .path("address")
                .asText();
    }
}
