/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.testing.Samples;

/** Approvals, the policy and its caps over HTTP. */
class ApprovalsApiTest {

    private final ApiServer server = new ApiServer();
    private final FakeControls controls = server.host.controls;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsShowsAndPages() throws Exception {
        JsonNode page = ApiServer.json(server.get("/approvals?state=pending,USED&offset=2&limit=7"));

        assertThat(page.at("/total").asLong()).isEqualTo(3);
        assertThat(page.at("/nextOffset").asInt()).isEqualTo(1);
        assertThat(controls.approvals.calls()).containsExactly("list[[PENDING, USED], 2, 7]");
        JsonNode approval = ApiServer.json(server.get("/approvals/a1"));
        assertThat(approval.at("/lines/0").asText()).isEqualTo("0: lets router take any amount of USDC");
        assertThat(approval.at("/intentHash").asText()).isEqualTo(Samples.HASH);
        assertThat(approval.at("/links/task").asText()).isEqualTo("/api/v1/tasks/run-1");
        JsonNode facts = approval.at("/intent/transaction");
        assertThat(facts.at("/actions/0/amount").asText())
                .isEqualTo("115792089237316195423570985008687907853269984665640564039457584007913129639935");
        assertThat(facts.at("/actions/0/flags/0").asText()).isEqualTo("UNLIMITED");
        assertThat(facts.at("/changes/0/amount").asText()).isEqualTo("-10");
        assertThat(approval.at("/intent/arguments/amount").asText()).isEqualTo("1");
        assertThat(ApiServer.code(server.get("/approvals/nope"))).isEqualTo("APPROVAL_UNKNOWN");
        assertThat(ApiServer.code(server.get("/approvals?state=open"))).isEqualTo("REQUEST_INVALID");
    }

    @Test
    void aYesNamesTheIntentAndTheCaller() throws Exception {
        HttpResponse<String> answer =
                post(ApiServer.APPROVER, "/approvals/a1/approve", "{\"intentHash\":\"h\",\"comment\":\"ok\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ApiServer.json(answer).at("/votes/0/principal").asText()).isEqualTo("bob");
        assertThat(controls.approvals.calls()).containsExactly("approve[a1, bob, h, ok]");
        assertThat(ApiServer.code(post(ApiServer.APPROVER, "/approvals/a1/approve", "{}")))
                .isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(post(
                        ApiServer.APPROVER,
                        "/approvals/a1/approve",
                        "{\"intentHash\":\"h\",\"comment\":\"" + "x".repeat(1001) + "\"}")))
                .isEqualTo("REQUEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "APPROVAL_UNKNOWN",
                "APPROVAL_INTENT_CHANGED",
                "APPROVAL_ALREADY_DECIDED",
                "APPROVAL_ALREADY_USED",
                "APPROVAL_ALREADY_VOTED",
                "APPROVAL_EXPIRED",
                "APPROVAL_POLICY_CHANGED",
                "APPROVAL_WITHDRAWN",
                "APPROVAL_NOT_YOURS"
            })
    void eachReasonAgainstAYesHasItsOwnCode(String code) throws Exception {
        controls.approvals.on("approve", asked -> {
            throw HostException.of(PolicyError.valueOf(code));
        });

        HttpResponse<String> answer = post(ApiServer.APPROVER, "/approvals/a1/approve", "{\"intentHash\":\"h\"}");

        assertThat(ApiServer.code(answer)).isEqualTo(code);
        assertThat(answer.statusCode()).isEqualTo(PolicyError.valueOf(code).httpStatus());
    }

    @Test
    void aNoNeedsAReason() throws Exception {
        assertThat(ApiServer.json(post(ApiServer.APPROVER, "/approvals/a1/reject", "{\"reason\":\"too much\"}"))
                        .at("/state")
                        .asText())
                .isEqualTo("REJECTED");
        assertThat(controls.approvals.calls()).containsExactly("reject[a1, bob, too much]");
        for (String body : List.of("{}", "{\"reason\":\" \"}")) {
            assertThat(ApiServer.code(post(ApiServer.APPROVER, "/approvals/a1/reject", body)))
                    .isEqualTo("REQUEST_INVALID");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reader-key, POST, /approvals/a1/approve",
        "runner-key, POST, /approvals/a1/approve",
        "runner-key, POST, /approvals/a1/reject",
        "approver-key, PUT, /policy",
        "approver-key, POST, /policy/caps/x/reset",
        "approver-key, POST, /sessions",
        "approver-key, POST, /sessions/default/default/main/messages",
        "approver-key, POST, /tasks/run-1/steer",
        "approver-key, POST, /tasks/run-1/resume",
        "approver-key, POST, /dead-letters/run-1/replay",
        "runner-key, POST, /journal/checkpoints",
        "runner-key, POST, /journal/compact",
        "runner-key, POST, /journal/snapshots"
    })
    void whoMayNotDoesNotGetThrough(String key, String method, String path) throws Exception {
        HttpResponse<String> answer = server.send(server.request(path, key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(ApiServer.code(answer)).isEqualTo("SCOPE_MISSING");
    }

    @Test
    void showsThePolicyWithItsVersionAsTag() throws Exception {
        HttpResponse<String> current = server.get("/policy");

        assertThat(current.headers().firstValue("ETag")).hasValue("\"3\"");
        assertThat(ApiServer.json(current).at("/label").asText()).isEqualTo("3-abab");
        assertThat(ApiServer.json(server.get("/policy/history"))
                        .at("/items/1/version")
                        .asLong())
                .isEqualTo(2);
        assertThat(ApiServer.json(server.get("/policy/2")).at("/text").asText()).startsWith("version: 1\n");
        assertThat(ApiServer.code(server.get("/policy/9"))).isEqualTo("RESOURCE_UNKNOWN");
        assertThat(ApiServer.code(server.get("/policy/99999999999999999999"))).isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(server.get("/policy/latest"))).isEqualTo("RESOURCE_UNKNOWN");
    }

    @Test
    void takesThePolicyAsYamlAndAsJson() throws Exception {
        HttpResponse<String> yaml = put("application/yaml", "rules: [] # ü", "\"3\"");
        assertThat(yaml.statusCode()).isEqualTo(200);
        assertThat(yaml.headers().firstValue("ETag")).hasValue("\"4\"");
        put("text/plain", "a: 1", "3");
        put("application/json", "{\"expectedVersion\":7,\"text\":\"b: 1\"}", null);
        put("application/json", "{\"text\":\"c: 1\"}", "\"8\"");

        assertThat(controls.policies.calls())
                .containsExactly(
                        "update[3, rules: [] # ü, admin]",
                        "update[3, a: 1, admin]",
                        "update[7, b: 1, admin]",
                        "update[8, c: 1, admin]");
    }

    @Test
    void refusesAnUpdateThatDoesNotSayFromWhat() throws Exception {
        assertThat(ApiServer.code(put("application/yaml", "a: 1", null))).isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(put("application/yaml", "a: 1", "*"))).isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(put("application/json", "{\"expectedVersion\":7,\"text\":\"b\"}", "\"8\"")))
                .isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(put("application/json", "{\"expectedVersion\":\"7\",\"text\":\"b\"}", null)))
                .isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(put("application/json", "{\"expectedVersion\":7}", null)))
                .isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(put("application/yaml", "", "\"3\""))).isEqualTo("REQUEST_EMPTY");
        assertThat(ApiServer.code(put("application/yaml", "x".repeat(70_000), "\"3\"")))
                .isEqualTo("REQUEST_TOO_LARGE");
        assertThat(ApiServer.code(put("application/xml", "<a/>", "\"3\""))).isEqualTo("REQUEST_MEDIA_TYPE");
        assertThat(ApiServer.code(server.send(server.request("/policy", ApiServer.ADMIN)
                        .header("Content-Type", "application/yaml")
                        .header("If-Match", "3")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[] {'a', (byte) 0xff})))))
                .isEqualTo("REQUEST_MALFORMED");
        assertThat(controls.policies.calls()).isEmpty();
    }

    @Test
    void handsOnWhyADraftIsRefused() throws Exception {
        controls.policies.on("update", asked -> {
            throw HostException.of(PolicyError.POLICY_VERSION_CONFLICT, "current", 5);
        });

        HttpResponse<String> answer = put("application/yaml", "a: 1", "\"3\"");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(ApiServer.json(answer).at("/params/current").asText()).isEqualTo("5");
    }

    @Test
    void checksADraftAndJudgesThePastByIt() throws Exception {
        assertThat(ApiServer.json(post(ApiServer.READER, "/policy/check", "{\"text\":\"good: 1\"}"))
                        .at("/valid")
                        .asBoolean())
                .isTrue();
        JsonNode bad = ApiServer.json(server.send(server.request("/policy/check", ApiServer.READER)
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString("bad"))));
        assertThat(bad.at("/valid").asBoolean()).isFalse();
        assertThat(bad.at("/problems/0").asText()).isEqualTo("line 1: no rules");

        JsonNode result = ApiServer.json(
                post(
                        ApiServer.READER,
                        "/policy/dry-run",
                        "{\"text\":\"d\",\"run\":\"run-1\",\"since\":\"2026-11-01T00:00:00Z\",\"until\":\"2026-11-20T00:00:00Z\"}"));
        assertThat(result.at("/judged").asLong()).isEqualTo(10);
        assertThat(result.at("/changed/0/would").asText()).isEqualTo("DENY");
        assertThat(controls.policies.calls())
                .contains("dryRun[d, Scope[run=Optional[run-1], since=2026-11-01T00:00:00Z,"
                        + " until=2026-11-20T00:00:00Z]]");
        assertThat(ApiServer.code(post(
                        ApiServer.READER,
                        "/policy/dry-run",
                        "{\"text\":\"d\",\"since\":\"2026-11-20T00:00:00Z\",\"until\":\"2026-11-01T00:00:00Z\"}")))
                .isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(post(ApiServer.READER, "/policy/dry-run", "{}")))
                .isEqualTo("REQUEST_INVALID");
    }

    @Test
    void listsCapsAndResetsFuses() throws Exception {
        JsonNode cap = ApiServer.json(server.get("/policy/caps")).at("/items/0");
        assertThat(cap.at("/limit").asText()).isEqualTo("1000000000000000000000");
        assertThat(cap.at("/blown").asBoolean()).isTrue();

        assertThat(ApiServer.json(post(ApiServer.ADMIN, "/policy/caps/daily-usdc/reset", ""))
                        .at("/blown")
                        .asBoolean())
                .isFalse();
        assertThat(controls.ledgers.calls()).contains("reset[daily-usdc, admin]");
    }

    private HttpResponse<String> put(String type, String body, String ifMatch) throws Exception {
        HttpRequest.Builder request = server.request("/policy", ApiServer.ADMIN).header("Content-Type", type);
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return server.send(request.PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> post(String key, String path, String body) throws Exception {
        return server.send(server.request(path, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
