/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.testing.Samples;

/** Proof and care of the journal over HTTP, and how long calls are kept from taking every thread. */
class JournalApiTest {

    private final ApiServer server = new ApiServer();
    private final FakeControls controls = server.host.controls;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void walksEverythingAndTellsHowFarItIs() throws Exception {
        JsonNode report = ApiServer.json(server.get("/journal/verify"));

        assertThat(report.at("/intact").asBoolean()).isFalse();
        assertThat(report.at("/broken/0/damage").asText()).isEqualTo("TRUNCATED");
        assertThat(report.at("/broken/0/firstBroken").asLong()).isEqualTo(7);
        assertThat(report.at("/checkpoint/number").asLong()).isEqualTo(5);
        String events = server.send(server.request("/journal/verify", ApiServer.READER)
                        .header("Accept", "text/event-stream")
                        .GET())
                .body();
        assertThat(events.lines().filter(line -> line.startsWith("event:") || line.contains("\"of\"")))
                .containsExactly("event: progress", "data: {\"streams\":6,\"of\":12}", "event: report");
    }

    @Test
    void aWalkAnswersJsonToWhoeverDoesNotSayWhat() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/journal/verify", ApiServer.READER)
                .header("Accept", "*/*")
                .GET());

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(ApiServer.json(answer).at("/entries").asLong()).isEqualTo(340);
    }

    @Test
    void makesAndListsCheckpoints() throws Exception {
        assertThat(server.post("/journal/checkpoints", "").statusCode()).isEqualTo(201);
        assertThat(ApiServer.json(server.get("/journal/checkpoints?limit=3"))
                        .at("/items/0/root")
                        .asText())
                .isEqualTo(Samples.HASH);
        assertThat(controls.audit.calls()).containsExactly("checkpoint[]", "checkpoints[3]");
        assertThat(ApiServer.code(server.get("/journal/checkpoints?limit=0"))).isEqualTo("REQUEST_INVALID");
    }

    @Test
    void compactsAndTakesSnapshots() throws Exception {
        assertThat(ApiServer.json(server.post("/journal/compact", "{\"endedBefore\":\"2026-10-20T00:00:00Z\"}"))
                        .at("/archive")
                        .asText())
                .isEqualTo("2026-11.omj");
        assertThat(ApiServer.code(server.post("/journal/compact", "{}"))).isEqualTo("REQUEST_INVALID");
        assertThat(server.post("/journal/snapshots", "{}").statusCode()).isEqualTo(201);
        assertThat(ApiServer.json(server.post("/journal/snapshots", "{\"full\":true}"))
                        .at("/base")
                        .asText())
                .isEmpty();
        assertThat(ApiServer.json(server.get("/journal/snapshots"))
                        .at("/items/0/rows")
                        .asLong())
                .isEqualTo(42);
        assertThat(ApiServer.json(server.post("/journal/snapshots/20261120-1/verify", ""))
                        .at("/stateHash")
                        .asText())
                .isEqualTo(Samples.HASH);
        assertThat(controls.care.calls())
                .containsExactly(
                        "compact[2026-10-20T00:00:00Z, admin]",
                        "snapshot[false, admin]",
                        "snapshot[true, admin]",
                        "snapshots[]",
                        "verify[20261120-1]");
        controls.care.on("verify", asked -> {
            throw HostException.of(JournalError.SNAPSHOT_BROKEN);
        });
        assertThat(ApiServer.code(server.post("/journal/snapshots/x/verify", "")))
                .isEqualTo("SNAPSHOT_BROKEN");
    }

    @Test
    void whoeverComesWhenTheLaneIsFullIsToldSo() throws Exception {
        WaitingLane lane = new WaitingLane();
        CountDownLatch inside = new CountDownLatch(WaitingLane.MAX_WAITING);
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < WaitingLane.MAX_WAITING; i++) {
            lane.behind(() -> {
                inside.countDown();
                awaitQuietly(done);
            });
        }
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> lane.behind(() -> {}))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(RunError.RUN_QUEUE_FULL));
        assertThat(lane.here(() -> nested(lane, WaitingLane.MAX_WAITING - 1)))
                .as("places of its own, as many as it says, then a refusal")
                .isEqualTo(RunError.RUN_QUEUE_FULL);
        assertThat(lane.here(() -> "free again")).isEqualTo("free again");
        done.countDown();
        lane.stop();
    }

    private static Object nested(WaitingLane lane, int more) {
        if (more > 0) {
            return lane.here(() -> nested(lane, more - 1));
        }
        try {
            return lane.here(() -> "let in");
        } catch (HostException e) {
            return e.code();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void everyRouteNamesThePartThatIsAway() throws Exception {
        server.withoutControls();

        for (String path : List.of(
                "/approvals",
                "/approvals/a1",
                "/policy",
                "/policy/history",
                "/policy/caps",
                "/sessions",
                "/sessions/a/b/main",
                "/sessions/a/b/main/history",
                "/dead-letters",
                "/journal/verify",
                "/journal/checkpoints",
                "/journal/snapshots")) {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(ApiServer.code(answer)).isEqualTo("RESOURCE_GONE_FOR_NOW");
            assertThat(ApiServer.json(answer).at("/params/part").asText()).isNotBlank();
        }
        for (String path : List.of("/tasks/c/resume", "/policy/caps/x/reset", "/dead-letters/x/replay")) {
            assertThat(server.post(path, "").statusCode()).as(path).isEqualTo(503);
        }
        assertThat(server.post("/tasks/collect", "{\"tasks\":[\"a\"]}").statusCode())
                .isEqualTo(503);
        assertThat(server.get("/tasks").statusCode()).isEqualTo(200);
    }
}
