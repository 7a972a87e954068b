/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.Submission;
import org.openmcpchain.testing.Samples;

/** Sessions, signals and dead letters over HTTP. */
class SessionsApiTest {

    private static final String MAIN = "/sessions/default/default/main";

    private final ApiServer server = new ApiServer();
    private final FakeControls controls = server.host.controls;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createsListsAndShows() throws Exception {
        HttpResponse<String> created = server.post("/sessions", "{\"key\":\"dm/Bob\",\"mode\":\"refuse\"}");
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(created.headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).endsWith("/api/v1" + MAIN));
        server.post("/sessions", "{\"key\":\"main\"}");
        assertThat(ApiServer.json(server.get("/sessions?offset=1&limit=2"))
                        .at("/items/0/mode")
                        .asText())
                .isEqualTo("COLLECT");
        JsonNode session = ApiServer.json(server.get(MAIN));
        assertThat(session.at("/activeRun").asText()).isEqualTo("run-1");
        assertThat(session.at("/links/messages").asText()).isEqualTo("/api/v1" + MAIN + "/messages");
        assertThat(session.has("nextMode")).isFalse();
        assertThat(controls.sessions.calls())
                .containsExactly(
                        "create[dm/Bob, REFUSE, admin]",
                        "create[main, FOLLOW_UP, admin]",
                        "list[1, 2]",
                        "find[default/default/main]");
        assertThat(ApiServer.code(server.post("/sessions", "{}"))).isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(server.post("/sessions", "{\"key\":\"main\",\"mode\":\"shout\"}")))
                .isEqualTo("REQUEST_INVALID");
    }

    @ParameterizedTest
    @CsvSource({
        "desk/trader/main/history, desk/trader/main",
        "desk/trader/dm/history/history, desk/trader/dm/history",
        "desk/trader/dm/bob@x:1/history, desk/trader/dm/bob@x:1",
        "desk/dm/main/history, desk/dm/main",
        "desk/dm/dm/dm/history, desk/dm/dm/dm",
        "desk/trader/thread/main/history, desk/trader/thread/main",
        "desk/trader/group/a%40b/history, desk/trader/group/a@b"
    })
    void aPathIsReadAsOneKeyOnly(String path, String key) throws Exception {
        assertThat(server.get("/sessions/" + path).statusCode()).isEqualTo(200);

        assertThat(controls.sessions.calls()).containsExactly("history[" + key + ", 0, 100]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "dm/bob",
                "a/b",
                "a/b/c",
                "a/b/c/d",
                "a/b/main/x",
                "a/b/dm",
                "a/b/dm/",
                "a/b/dm/c/d",
                "a/b/dm/..",
                "a/b/dm/c%2fd",
                "a/b/main/messages/x"
            })
    void whatIsNoWholeKeyIsNoPath(String path) throws Exception {
        HttpResponse<String> answer = server.get("/sessions/" + path);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(ApiServer.code(answer)).isIn("RESOURCE_UNKNOWN", "SESSION_UNKNOWN", "REQUEST_INVALID");
    }

    @Test
    void takesAMessageOnceForAnIdempotencyKey() throws Exception {
        HttpResponse<String> first = say("k1", "{\"text\":\"hi\",\"mode\":\"collect\",\"network\":\"eip155:1\"}");
        controls.sessions.on("send", asked -> Samples.accepted(false));
        HttpResponse<String> again = say("\"k1\"", "{\"text\":\"hi\"}");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(ApiServer.json(first).at("/effect").asText()).isEqualTo("STEERED");
        assertThat(ApiServer.json(first).at("/run").asText()).isEqualTo("run-1");
        assertThat(controls.sessions.calls().get(0))
                .isEqualTo("send[Message[principal=admin, key=default/default/main, text=hi,"
                        + " clientId=Optional[k1], mode=Optional[COLLECT], network=Optional[eip155:1]]]");
        assertThat(controls.sessions.calls().get(1)).contains("clientId=Optional[k1]", "mode=Optional.empty");
        controls.sessions.on("send", asked -> {
            throw HostException.of(RunError.IDEMPOTENCY_CONFLICT);
        });
        assertThat(ApiServer.code(say("k1", "{\"text\":\"other\"}"))).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(ApiServer.code(say("k1", "{\"text\":\"hi\",\"clientId\":\"k2\"}")))
                .isEqualTo("REQUEST_INVALID");
        assertThat(ApiServer.code(say("k1", "{}"))).isEqualTo("REQUEST_INVALID");
    }

    private HttpResponse<String> say(String idempotencyKey, String body) throws Exception {
        return server.send(server.request(MAIN + "/messages", ApiServer.ADMIN)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void pagesTheHistory() throws Exception {
        JsonNode page = ApiServer.json(server.get(MAIN + "/history?after=3&limit=1"));

        assertThat(page.at("/items/0/text").asText()).isEqualTo("use the other pool");
        assertThat(page.at("/items/0/message").asLong()).isEqualTo(2);
        assertThat(page.at("/items/0").has("run")).isFalse();
        assertThat(page.at("/last").asLong()).isEqualTo(4);
        controls.sessions.on("history", asked -> List.of());
        assertThat(ApiServer.json(server.get(MAIN + "/history?after=9"))
                        .at("/last")
                        .asLong())
                .isEqualTo(9);
    }

    @Test
    void setsModeAndClearsAndCompactsTheContext() throws Exception {
        HttpResponse<String> mode = server.send(server.request(MAIN + "/mode", ApiServer.RUNNER)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"mode\":\"INTERRUPT\"}")));
        assertThat(ApiServer.json(mode).at("/mode").asText()).isEqualTo("INTERRUPT");
        assertThat(server.post(MAIN + "/reset", "").statusCode()).isEqualTo(200);
        assertThat(server.post(MAIN + "/compact", "").statusCode()).isEqualTo(200);
        assertThat(controls.sessions.calls())
                .containsExactly(
                        "mode[default/default/main, INTERRUPT, runner]",
                        "reset[default/default/main, admin]",
                        "compact[default/default/main, admin]");
    }

    @Test
    void streamsASessionFromWhereItsReaderWas() throws Exception {
        String stream = "session/default/default/main";
        server.host.journal.append(stream, EntryTypes.SESSION_CREATED, Map.of("key", "default/default/main"));
        server.host.journal.append(stream, EntryTypes.SESSION_MESSAGE, Map.of("text", "hi"));

        try (BufferedReader events = server.events(MAIN + "/events", "1")) {
            assertThat(ApiServer.next(events)).contains("event: session");
            assertThat(ApiServer.next(events)).contains("event: session.message", "id: 2");
            org.awaitility.Awaitility.await().until(() -> server.host.journal.consumers.size() == 1);
            server.host.journal.append(stream, EntryTypes.SESSION_TURN, Map.of("run", "run-1"));
            assertThat(ApiServer.next(events)).contains("event: session.turn", "id: 3");
        }
        org.awaitility.Awaitility.await().until(() -> {
            server.host.journal.append(stream, EntryTypes.SESSION_TURN, Map.of("run", "run-2"));
            return server.openStreams() == 0;
        });
        assertThat(server.host.journal.consumers).isEmpty();
        assertThat(ApiServer.code(server.get("/sessions/a/b/main/events"))).isEqualTo("SESSION_UNKNOWN");
    }

    @Test
    void anOpenStreamDoesNotOutliveTheApplication() throws Exception {
        BufferedReader events = server.events(MAIN + "/events", "0");
        assertThat(ApiServer.next(events)).contains("event: session");

        server.close();

        assertThat(server.openStreams()).isZero();
        assertThat(server.host.journal.consumers).isEmpty();
    }

    @Test
    void aTaskDoesNotSlipPastTheTurnsOfASession() throws Exception {
        assertThat(ApiServer.code(server.post("/tasks", "{\"goal\":\"g\",\"session\":\"dm/bob\"}")))
                .isEqualTo("REQUEST_UNKNOWN_FIELD");
    }

    @Test
    void aTaskIsMadeOnceForAnIdempotencyKey() throws Exception {
        HttpResponse<String> first = submit("k1", "{\"goal\":\"g\",\"metadata\":{\"a\":1}}");
        HttpResponse<String> again = submit("k1", "{\"metadata\":{\"a\":1},\"goal\":\"g\"}");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(ApiServer.json(again).at("/id").asText())
                .isEqualTo(ApiServer.json(first).at("/id").asText());
        for (String other : List.of("{\"goal\":\"other\"}", "{\"goal\":\"g\",\"metadata\":{\"a\":2}}")) {
            HttpResponse<String> answer = submit("k1", other);
            assertThat(answer.statusCode()).as(other).isEqualTo(409);
            assertThat(ApiServer.code(answer)).isEqualTo("IDEMPOTENCY_CONFLICT");
        }
        assertThat(ApiServer.code(submit("k1", "{\"goal\":\"g\",\"clientId\":\"k2\"}")))
                .isEqualTo("REQUEST_INVALID");
        assertThat(server.host.stored).hasSize(1);
    }

    private HttpResponse<String> submit(String idempotencyKey, String body) throws Exception {
        return server.send(server.request("/tasks", ApiServer.ADMIN)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void steersInterruptsAndResumes() throws Exception {
        server.post("/tasks", "{\"goal\":\"g\",\"clientId\":\"c\"}");
        controls.signals
                .on("interrupt", asked -> server.host.end("c", RunState.PAUSED))
                .on("resume", asked -> server.host.end("c", RunState.SCHEDULED));

        HttpResponse<String> steered =
                server.post("/tasks/c/steer", "{\"text\":\"hurry\",\"parameters\":{\"maxRounds\":\"12\"}}");
        assertThat(steered.statusCode()).isEqualTo(202);
        assertThat(ApiServer.json(steered).at("/seq").asLong()).isEqualTo(17);
        assertThat(ApiServer.json(server.post("/tasks/c/interrupt", "{\"reason\":\"enough\",\"graceSeconds\":0}"))
                        .at("/state")
                        .asText())
                .isEqualTo("PAUSED");
        server.post("/tasks/c/interrupt", "{}");
        assertThat(ApiServer.json(server.post("/tasks/c/resume", ""))
                        .at("/state")
                        .asText())
                .isEqualTo("SCHEDULED");
        assertThat(controls.signals.calls())
                .containsExactly(
                        "steer[c, admin, hurry, {\"maxRounds\":\"12\"}]",
                        "interrupt[c, admin, enough, PT0S]",
                        "interrupt[c, admin, no reason given, PT10S]",
                        "resume[c, admin]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/tasks/c/steer     | {}",
                "/tasks/c/steer     | {\"text\":\" \"}",
                "/tasks/c/steer     | {\"parameters\":[1]}",
                "/tasks/c/interrupt | {\"graceSeconds\":61}",
                "/tasks/c/interrupt | {\"graceSeconds\":-1}",
                "/tasks/collect     | {}",
                "/tasks/collect     | {\"tasks\":[]}",
                "/tasks/collect     | {\"tasks\":[null]}",
                "/tasks/collect     | {\"tasks\":[\"a\",\"a\"]}",
                "/tasks/collect     | {\"tasks\":[\"a\"],\"strategy\":\"SOME\"}",
                "/tasks/collect     | {\"tasks\":[\"a\"],\"timeoutSeconds\":301}"
            })
    void refusesSignalsThatMakeNoSense(String path, String body) throws Exception {
        assertThat(ApiServer.code(server.post(path, body))).isEqualTo("REQUEST_INVALID");
        assertThat(controls.signals.calls()).isEmpty();
    }

    @Test
    void handsOnThatASignalComesTooLate() throws Exception {
        controls.signals.on("resume", asked -> {
            throw HostException.of(RunError.RUN_TRANSITION_ILLEGAL, "from", RunState.SUCCEEDED);
        });

        HttpResponse<String> answer = server.post("/tasks/c/resume", "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(ApiServer.code(answer)).isEqualTo("RUN_TRANSITION_ILLEGAL");
    }

    @Test
    void collectsAsOneAnswerOrAsTheyEnd() throws Exception {
        String body = "{\"tasks\":[\"run-1\",\"run-2\",\"run-3\"],\"strategy\":\"reduce\",\"reducer\":\"sum\","
                + "\"pointer\":\"/price\",\"timeoutSeconds\":5}";

        JsonNode whole = ApiServer.json(server.post("/tasks/collect", body));
        assertThat(whole.at("/complete").asBoolean()).isFalse();
        assertThat(whole.at("/parts/0/result/price").asText()).isEqualTo("7");
        assertThat(whole.at("/parts/1/errorCode").asText()).isEqualTo("TOOL_GONE");
        assertThat(whole.at("/missing/0").asText()).isEqualTo("run-3");
        assertThat(whole.at("/value").asText()).isEqualTo("7");
        assertThat(controls.signals.calls().get(0))
                .contains("strategy=REDUCE, count=1, pointer=/price, reducer=sum, timeout=PT5S");

        String events = server.send(server.request("/tasks/collect", ApiServer.READER)
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .body();
        assertThat(events.lines().filter(line -> line.startsWith("event:")))
                .containsExactly("event: part", "event: part", "event: collected");
    }

    @Test
    void aProblemBehindAStreamIsItsLastEvent() throws Exception {
        controls.signals.on("collect", asked -> {
            throw HostException.of(RunError.RUN_UNKNOWN, "id", "nope");
        });
        assertThat(collectEvents()).contains("event: problem").contains("RUN_UNKNOWN");
        controls.signals.on("collect", asked -> {
            throw new IllegalStateException("secret-in-a-message");
        });
        assertThat(collectEvents()).contains("HOST_FAULT").doesNotContain("secret-in-a-message");
        org.awaitility.Awaitility.await().until(() -> server.openStreams() == 0);
    }

    private String collectEvents() throws Exception {
        return server.send(server.request("/tasks/collect", ApiServer.READER)
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"tasks\":[\"nope\"]}")))
                .body();
    }

    @Test
    void showsReplaysAndDiscardsDeadLetters() throws Exception {
        server.post("/tasks", "{\"goal\":\"swap\",\"clientId\":\"c\"}");
        Run run = server.host.stored.get("c");
        controls.letters.on(
                "replay", asked -> new Submission(run, controls.letters.calls().size() == 3));

        assertThat(ApiServer.json(server.get("/dead-letters?state=open"))
                        .at("/items/0/errorCode")
                        .asText())
                .isEqualTo("CHAIN_UNREACHABLE");
        assertThat(ApiServer.json(server.get("/dead-letters/run-1"))
                        .at("/attempts")
                        .asInt())
                .isEqualTo(4);
        assertThat(server.post("/dead-letters/run-1/replay", "").statusCode()).isEqualTo(202);
        HttpResponse<String> again = server.post("/dead-letters/run-1/replay", "");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(ApiServer.json(again).at("/id").asText()).isEqualTo("c");
        assertThat(ApiServer.json(server.post("/dead-letters/run-1/discard", "{\"reason\":\"old\"}"))
                        .at("/state")
                        .asText())
                .isEqualTo("DISCARDED");
        server.post("/dead-letters/run-1/discard", "{}");
        assertThat(controls.letters.calls())
                .containsExactly(
                        "list[[OPEN], 0, 50]",
                        "find[run-1]",
                        "replay[run-1, admin]",
                        "replay[run-1, admin]",
                        "discard[run-1, admin, old]",
                        "discard[run-1, admin, no reason given]");
        assertThat(ApiServer.code(server.get("/dead-letters/nope"))).isEqualTo("DEAD_LETTER_UNKNOWN");
    }
}
