/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.RunState;

class ApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApiServer server;

    @BeforeEach
    void start() {
        server = new ApiServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void acceptsAGoalAndHandsBackItsMetadataUnchanged() throws Exception {
        HttpResponse<String> answer =
                server.post("/tasks", "{\"goal\":\"swap\",\"clientId\":\"c1\",\"metadata\":{\"b\":1,\"a\":[2.50]}}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(l -> assertThat(l).endsWith("/api/v1/tasks/c1"));
        JsonNode task = JSON.readTree(answer.body());
        assertThat(task.get("state").asText()).isEqualTo("PENDING");
        assertThat(task.get("principal").asText()).isEqualTo("admin");
        assertThat(task.get("metadata")).isEqualTo(JSON.readTree("{\"b\":1,\"a\":[2.50]}"));
    }

    @Test
    void answersTheSameTaskForTheSameClientId() throws Exception {
        server.post("/tasks", "{\"goal\":\"swap\",\"clientId\":\"c1\"}");

        assertThat(server.post("/tasks", "{\"goal\":\"swap\",\"clientId\":\"c1\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.host.stored).hasSize(1);
    }

    @Test
    void listsWithFiltersAndPages() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.post("/tasks", "{\"goal\":\"g" + i + "\"}");
        }

        JsonNode page = JSON.readTree(server.get("/tasks?state=pending,RUNNING&limit=2&order=asc&q=g&hasResult=true"
                        + "&since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z")
                .body());

        assertThat(page.get("total").asLong()).isEqualTo(3);
        assertThat(page.get("items")).hasSize(2);
        assertThat(page.get("nextOffset").asInt()).isEqualTo(2);
        assertThat(server.host.lastQuery.states()).containsExactlyInAnyOrder(RunState.PENDING, RunState.RUNNING);
        assertThat(server.host.lastQuery.newestFirst()).isFalse();
        assertThat(server.host.lastQuery.text()).hasValue("g");
        assertThat(server.host.lastQuery.hasResult()).hasValue(true);
        assertThat(server.host.lastQuery.since()).hasValue(Instant.parse("2026-01-01T00:00:00Z"));
        JsonNode rest = JSON.readTree(server.get("/tasks?offset=2").body());
        assertThat(rest.has("nextOffset")).isFalse();
        assertThat(rest.get("items")).hasSize(1);
    }

    @Test
    void countsByState() throws Exception {
        server.post("/tasks", "{\"goal\":\"g\"}");

        assertThat(JSON.readTree(server.get("/tasks/stats").body())
                        .at("/byState/PENDING")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void cancelsOnceAndRefusesTheSecondTime() throws Exception {
        server.post("/tasks", "{\"goal\":\"g\",\"clientId\":\"c\"}");

        assertThat(JSON.readTree(server.post("/tasks/c/cancel", "{\"reason\":\"enough\"}")
                                .body())
                        .get("state")
                        .asText())
                .isEqualTo("CANCELLED");
        HttpResponse<String> second = server.post("/tasks/c/cancel", "{}");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(code(second)).isEqualTo("RUN_TRANSITION_ILLEGAL");
    }

    @Test
    void givesTheReceiptByteForByteOnceTheTaskHasEnded() throws Exception {
        server.post("/tasks", "{\"goal\":\"g\",\"clientId\":\"c\"}");
        assertThat(code(server.get("/tasks/c/receipt"))).isEqualTo("RUN_INCOMPLETE");

        server.host.end("c", RunState.SUCCEEDED);

        assertThat(server.get("/tasks/c/receipt").body()).isEqualTo("{\"payload\": \"as it was made\"}");
        JsonNode task = JSON.readTree(server.get("/tasks/c").body());
        assertThat(task.at("/receipt/digest").asText()).isEqualTo("d".repeat(64));
        assertThat(task.get("ended").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                  | 400 | REQUEST_EMPTY",
                "'   '                               | 400 | REQUEST_EMPTY",
                "{                                   | 400 | REQUEST_MALFORMED",
                "not json                            | 400 | REQUEST_MALFORMED",
                "{\"goal\":\"sw                        | 400 | REQUEST_MALFORMED",
                "{\"goal\":\"a\",\"goal\":\"b\"}      | 400 | REQUEST_MALFORMED",
                "{\"goal\":\"a\"} {}                 | 400 | REQUEST_INVALID",
                "null                                | 400 | REQUEST_INVALID",
                "[]                                  | 400 | REQUEST_INVALID",
                "\"text\"                            | 400 | REQUEST_INVALID",
                "{}                                  | 400 | REQUEST_INVALID",
                "{\"goal\":7}                        | 400 | REQUEST_INVALID",
                "{\"goal\":{\"a\":1}}                | 400 | REQUEST_INVALID",
                "{\"goal\":\"a\",\"metadata\":[1]}     | 400 | REQUEST_INVALID",
                "{\"goal\":\"a\",\"tool\":\"b\"}       | 400 | REQUEST_UNKNOWN_FIELD",
            })
    void refusesBadBodies(String body, int status, String code) throws Exception {
        HttpResponse<String> answer = server.post("/tasks", body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(code);
        assertThat(server.host.stored).isEmpty();
    }

    @Test
    void refusesTenMegabytesWithAnAnswer() throws Exception {
        HttpResponse<String> answer = server.post("/tasks", "{\"goal\":\"" + "x".repeat(10 << 20) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(code(answer)).isEqualTo("REQUEST_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=x",
                "offset=-1",
                "state=DONE",
                "since=yesterday",
                "hasResult=yes",
                "order=up"
            })
    void refusesBadQueries(String query) throws Exception {
        HttpResponse<String> answer = server.get("/tasks?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/params/field").asText())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tasks/unknown",
                "/tasks/1'%20OR%20'1'='1",
                "/tasks/%3Cscript%3E",
                "/tasks/..%2f..%2fetc%2fpasswd",
                "/tasks/..;/..;/etc/passwd",
                "/tasks/%00",
                "/tasks/unknown/receipt",
                "/tasks/unknown/events"
            })
    void answersUnknownIdsWithOneCode(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isIn(404, 400);
        assertThat(code(answer)).isIn("RUN_UNKNOWN", "RESOURCE_UNKNOWN", "REQUEST_INVALID");
    }

    @Test
    void answersUnknownPathsMethodsAndMediaTypesAsProblems() throws Exception {
        assertThat(code(server.get("/nothing"))).isEqualTo("RESOURCE_UNKNOWN");
        assertThat(code(server.delete("/tasks"))).isEqualTo("REQUEST_METHOD");
        assertThat(code(server.send(server.request("/tasks", ApiServer.ADMIN)
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("x")))))
                .isEqualTo("REQUEST_MEDIA_TYPE");
        assertThat(code(server.send(server.request("/tasks", ApiServer.ADMIN)
                        .header("Accept", "text/csv")
                        .GET())))
                .isEqualTo("REQUEST_NOT_ACCEPTABLE");
    }

    @Test
    void keepsStrangersOutOfEverythingButLiveness() throws Exception {
        assertThat(server.send(server.request("/health/live", null).GET()).statusCode())
                .isEqualTo(200);
        for (String path :
                List.of("/tasks", "/health/ready", "/openapi.json", "/nothing", "/market", "/health/live/x")) {
            HttpResponse<String> none = server.send(server.request(path, null).GET());
            assertThat(none.statusCode()).as(path).isEqualTo(401);
            assertThat(code(none)).isEqualTo("KEY_MISSING");
            assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(code(server.send(server.request(path, "wrong").GET()))).isEqualTo("KEY_INVALID");
        }
        assertThat(code(server.send(server.request("/tasks", "x".repeat(600)).GET())))
                .isEqualTo("KEY_INVALID");
        assertThat(code(server.send(server.request("/tasks", null)
                        .header("Authorization", "Basic YTpi")
                        .GET())))
                .isEqualTo("KEY_INVALID");
    }

    @Test
    void refusesWhatTheKeyDoesNotAllow() throws Exception {
        assertThat(server.send(server.request("/tasks", ApiServer.READER).GET()).statusCode())
                .isEqualTo(200);
        HttpResponse<String> answer = server.send(server.request("/tasks", ApiServer.READER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"goal\":\"g\"}")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(code(answer)).isEqualTo("SCOPE_MISSING");
        assertThat(code(server.send(server.request("/keys", ApiServer.READER).GET())))
                .isEqualTo("SCOPE_MISSING");
    }

    @Test
    void keepsTheInsideInsideWhenTheHostFails() throws Exception {
        server.host.defect = true;

        HttpResponse<String> answer = server.post("/tasks", "{\"goal\":\"g\"}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(code(answer)).isEqualTo("HOST_FAULT");
        assertThat(answer.body()).doesNotContain("secret-in-a-message", "IllegalState", "java.");
        assertThat(JSON.readTree(answer.body()).get("traceId").asText()).hasSize(32);
    }

    @Test
    void tracesARequestUnderItsCallersId() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/tasks/x", ApiServer.ADMIN)
                .header("traceparent", "00-" + "ab".repeat(16) + "-" + "cd".repeat(8) + "-01")
                .GET());

        assertThat(answer.headers().firstValue(TraceId.HEADER)).hasValue("ab".repeat(16));
        assertThat(JSON.readTree(answer.body()).get("traceId").asText()).isEqualTo("ab".repeat(16));
    }

    @Test
    void aTaskIsFoundByTheIdOfItsRequest() throws Exception {
        server.send(server.request("/tasks", ApiServer.ADMIN)
                .header("traceparent", "00-" + "ab".repeat(16) + "-" + "cd".repeat(8) + "-01")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"goal\":\"g\",\"clientId\":\"c\"}")));
        HttpResponse<String> own = server.post("/tasks", "{\"goal\":\"g\",\"clientId\":\"d\"}");

        assertThat(server.host.stored.get("c").request().traceId()).hasValue("ab".repeat(16));
        assertThat(server.host.stored.get("d").request().traceId())
                .isEqualTo(own.headers().firstValue(TraceId.HEADER))
                .isPresent();
    }

    @Test
    void listsToolsProvidersNetworksErrorsAndReceiptKeys() throws Exception {
        assertThat(JSON.readTree(server.get("/tools").body())
                        .at("/items/0/name")
                        .asText())
                .isEqualTo("dex_quote");
        assertThat(JSON.readTree(server.get("/tools/dex_quote").body())
                        .at("/inputSchema/type")
                        .asText())
                .isEqualTo("object");
        assertThat(code(server.get("/tools/none"))).isEqualTo("TOOL_UNKNOWN");
        assertThat(JSON.readTree(server.get("/providers").body())
                        .at("/items/0/label")
                        .asText())
                .isEqualTo("deterministic planner");
        assertThat(JSON.readTree(server.get("/receipt-keys").body())
                        .at("/items/0/algorithm")
                        .asText())
                .isEqualTo("Ed25519");
        assertThat(JSON.readTree(server.get("/errors").body()).get("items").size())
                .isGreaterThan(RequestError.values().length);
        assertThat(JSON.readTree(server.get("/errors/TOOL_UNKNOWN").body())
                        .get("httpStatus")
                        .asInt())
                .isEqualTo(404);
        assertThat(code(server.get("/errors/NONE"))).isEqualTo("RESOURCE_UNKNOWN");
        assertThat(server.get("/openapi.json").body()).contains("\"openapi\"");
    }

    @Test
    void showsNetworksAndBalances() throws Exception {
        assertThat(JSON.readTree(server.get("/networks").body())
                        .at("/items/0/blockNumber")
                        .asLong())
                .isEqualTo(7);
        JsonNode account = JSON.readTree(
                        server.get("/networks/eip155:31337/accounts").body())
                .at("/items/0");
        assertThat(account.at("/balances/0/amount").asText()).isEqualTo("1");
        assertThat(account.at("/balances/1/amount").asText()).isEqualTo("2.5");
        assertThat(code(server.get("/networks/eip155:1"))).isEqualTo("CHAIN_UNKNOWN");

        server.host.reachable = false;
        assertThat(JSON.readTree(server.get("/networks/eip155:31337").body())
                        .get("detail")
                        .asText())
                .isEqualTo("connection refused");
    }

    @Test
    void isReadyOnlyWhileEveryPartIs() throws Exception {
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);

        server.host.reachable = false;

        HttpResponse<String> answer = server.get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(answer.body()).at("/parts/network").asText()).contains("connection refused");
    }

    @Test
    void installsAndRemoves() throws Exception {
        assertThat(JSON.readTree(server.get("/market?q=dex").body()).get("items"))
                .hasSize(1);
        assertThat(JSON.readTree(server.get("/market/org.example.dex").body())
                        .at("/permissions/0/attributes/contract")
                        .asText())
                .isEqualTo("router");
        assertThat(code(server.get("/market/none"))).isEqualTo("LISTING_UNKNOWN");
        assertThat(code(server.post("/market/org.example.dex/install", "{}"))).isEqualTo("INSTALL_PERMISSIONS");

        HttpResponse<String> installed = server.post("/market/org.example.dex/install", "{\"grantPermissions\":true}");
        assertThat(JSON.readTree(installed.body()).at("/bundle/sha256").asText())
                .isEqualTo("a".repeat(64));
        assertThat(JSON.readTree(server.get("/market/installed").body()).get("items"))
                .hasSize(1);

        assertThat(server.delete("/market/org.example.dex").statusCode()).isEqualTo(204);
        assertThat(code(server.delete("/market/org.example.dex"))).isEqualTo("NOT_INSTALLED");
    }

    @Test
    void issuesAKeyOnceAndRevokesIt() throws Exception {
        HttpResponse<String> issued = server.post("/keys", "{\"name\":\"ci\",\"scopes\":[\"run\"]}");
        assertThat(issued.statusCode()).isEqualTo(201);
        assertThat(JSON.readTree(issued.body()).get("key").asText()).isEqualTo("omk_secret");
        assertThat(server.get("/keys").body()).contains("\"k0\"").doesNotContain("omk_secret");
        assertThat(JSON.readTree(server.delete("/keys/k0").body())
                        .get("revoked")
                        .asBoolean())
                .isTrue();
        assertThat(code(server.delete("/keys/none"))).isEqualTo("KEY_UNKNOWN");
        for (String bad : List.of(
                "{\"name\":\"\",\"scopes\":[\"run\"]}",
                "{\"name\":\"a\",\"scopes\":[]}",
                "{\"name\":\"a\",\"scopes\":[\"root\"]}",
                "{\"name\":\"a\",\"scopes\":[null]}")) {
            assertThat(code(server.post("/keys", bad))).isEqualTo("REQUEST_INVALID");
        }
    }

    @Test
    void readsAndChecksTheJournal() throws Exception {
        server.host.journal.append("host", EntryTypes.HOST_STARTED, Map.of("version", "1"));

        assertThat(JSON.readTree(server.get("/journal").body()).at("/items/0").asText())
                .isEqualTo("host");
        JsonNode page = JSON.readTree(server.get("/journal/entries?stream=host").body());
        assertThat(page.at("/items/0/body/version").asText()).isEqualTo("1");
        assertThat(page.get("last").asLong()).isEqualTo(1);
        assertThat(code(server.get("/journal/entries?stream=none"))).isEqualTo("STREAM_UNKNOWN");
        assertThat(code(server.get("/journal/entries"))).isEqualTo("REQUEST_INVALID");
        assertThat(JSON.readTree(server.get("/journal/check?stream=host").body())
                        .get("intact")
                        .asBoolean())
                .isTrue();
        assertThat(code(server.get("/journal/check?stream=none"))).isEqualTo("STREAM_UNKNOWN");
    }

    @Test
    void streamsEventsInOrderResumesAndEndsAfterTheEnd() throws Exception {
        server.post("/tasks", "{\"goal\":\"g\",\"clientId\":\"c\"}");
        server.host.journal.append("run/c", EntryTypes.RUN_SUBMITTED, Map.of("goal", "g"));
        server.host.journal.append("run/c", EntryTypes.RUN_STATE, Map.of("to", "RUNNING"));

        try (BufferedReader events = events("/tasks/c/events", "1")) {
            assertThat(next(events)).contains("event: task").anyMatch(line -> line.startsWith("data: {\"id\":\"c\""));
            assertThat(next(events)).contains("event: run.state", "id: 2");
            await().until(() -> server.host.journal.consumers.size() == 1);
            server.host.journal.append("run/c", EntryTypes.RUN_ENDED, Map.of("state", "SUCCEEDED"));
            assertThat(next(events)).contains("event: run.ended", "id: 3");
            assertThat(events.readLine()).isNull();
        }
        await().until(() -> server.openStreams() == 0);
        assertThat(server.host.journal.consumers).isEmpty();
    }

    @Test
    @Timeout(30)
    void tellsWhoeverHasHeardTheEndToStop() throws Exception {
        server.post("/tasks", "{\"goal\":\"g\",\"clientId\":\"c\"}");
        server.host.journal.append("run/c", EntryTypes.RUN_SUBMITTED, Map.of("goal", "g"));
        server.host.journal.append("run/c", EntryTypes.RUN_ENDED, Map.of("state", "SUCCEEDED"));

        HttpResponse<String> resumed = server.send(server.request("/tasks/c/events", ApiServer.READER)
                .header("Last-Event-ID", "2")
                .header("Accept", "text/event-stream")
                .GET());

        assertThat(resumed.statusCode()).isEqualTo(204);
        assertThat(resumed.body()).isEmpty();
        assertThat(server.get("/tasks/c/events?after=99").statusCode()).isEqualTo(204);
        assertThat(server.openStreams()).isZero();
        assertThat(server.host.journal.consumers).isEmpty();
        try (BufferedReader events = events("/tasks/c/events", "1")) {
            assertThat(next(events)).contains("event: task");
            assertThat(next(events)).contains("event: run.ended", "id: 2");
        }
    }

    @Test
    void takesNoPlaceForAStreamWhileTheJournalIsAway() throws Exception {
        server.post("/tasks", "{\"goal\":\"g\",\"clientId\":\"c\"}");
        server.withoutJournal();

        for (String path : List.of("/tasks/c/events", "/sessions/default/default/main/events")) {
            assertThat(code(server.get(path))).isEqualTo("RESOURCE_GONE_FOR_NOW");
        }
        assertThat(server.openStreams()).isZero();
    }

    @Test
    void refusesABrokenPosition() throws Exception {
        server.post("/tasks", "{\"goal\":\"g\",\"clientId\":\"c\"}");

        assertThat(code(server.get("/tasks/c/events?after=-1"))).isEqualTo("REQUEST_INVALID");
        assertThat(code(server.get("/tasks/c/events?after=x"))).isEqualTo("REQUEST_INVALID");
    }

    @Test
    void namesThePartThatIsAway() throws Exception {
        TasksResource alone = new TasksResource();

        org.assertj.core.api.Assertions.assertThatThrownBy(alone::stats)
                .isInstanceOfSatisfying(org.openmcpchain.error.HostException.class, e -> {
                    assertThat(e.code()).isEqualTo(RequestError.RESOURCE_GONE_FOR_NOW);
                    assertThat(ProblemMapper.answer(Problem.of(e)).getHeaderString("Retry-After"))
                            .isEqualTo("1");
                });
    }

    private BufferedReader events(String path, String lastEventId) throws Exception {
        return server.events(path, lastEventId);
    }

    private static List<String> next(BufferedReader events) throws Exception {
        return ApiServer.next(events);
    }

    private static String code(HttpResponse<String> answer) throws Exception {
        return ApiServer.code(answer);
    }
}
