/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fifty messages to a busy session in each mode, with a kill in the middle (F017, X29). */
class SessionsTest {

    private static final int MESSAGES = 50;

    private static TestHost host;

    @BeforeAll
    static void start() {
        host = TestHost.start("sessions");
        host.install("org.openmcpchain.tool.oracle");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOLLOW_UP", "COLLECT", "STEER", "INTERRUPT"})
    void keepsEachOfFiftyMessagesInItsOrder(String mode) {
        String session = "/sessions/itest/oracle/dm/"
                + mode.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        for (int i = 1; i <= MESSAGES; i++) {
            if (i == MESSAGES / 2) {
                host.kill();
                host.up();
            }
            assertThat(send(session, mode, i)).as("message " + i).isEqualTo(i);
        }
        TestHost.await().untilAsserted(() -> {
            JsonNode now = TestHost.json(host.get(session).body());
            assertThat(now.path("pending").asInt()).as(now.toString()).isZero();
            assertThat(now.has("activeRun")).as(now.toString()).isFalse();
        });

        List<JsonNode> history = history(session);
        assertThat(history.stream()
                        .filter(entry -> entry.path("kind").asText().equals("message"))
                        .map(entry -> entry.path("message").asLong()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        assertThat(firstTurns(session).values().stream().flatMap(List::stream))
                .as("each message belongs to a run")
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        // A message that steers acts on the run that is at work, so it may overtake one that waits; each kind keeps its
        // order.
        assertThat(firstTurns(session).values())
                .as("in its order")
                .hasSizeLessThanOrEqualTo(mode.equals("STEER") ? 2 : 1)
                .allSatisfy(numbers -> assertThat(numbers).isSorted());
    }

    /** The messages in the order in which they first came to a run: those that steered one, and those that began one. */
    private static Map<Boolean, List<Long>> firstTurns(String session) {
        Map<Boolean, List<Long>> turns = new java.util.HashMap<>();
        Set<Long> seen = new HashSet<>();
        String stream = "session/" + session.replaceFirst("^/sessions/", "");
        TestHost.json(host.get("/journal/entries?limit=1000&stream=" + TestHost.encoded(stream))
                        .body())
                .path("items")
                .forEach(entry -> {
                    JsonNode body = entry.path("body");
                    if (entry.path("type").asText().equals("session.turn")) {
                        body.path("messages").forEach(number -> {
                            if (seen.add(number.asLong())) {
                                turns.computeIfAbsent(
                                                body.path("how").asText().equals("steered"), how -> new ArrayList<>())
                                        .add(number.asLong());
                            }
                        });
                    }
                });
        return turns;
    }

    private static long send(String session, String mode, int number) {
        HttpResponse<String> answer = host.post(
                session + "/messages",
                Map.of("text", "what is the price of ETH in USD?", "clientId", "m" + number, "mode", mode));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return TestHost.json(answer.body()).path("message").asLong();
    }

    private static List<JsonNode> history(String session) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page;
        do {
            long after = all.isEmpty() ? 0 : all.get(all.size() - 1).path("seq").asLong();
            page = TestHost.json(host.get(session + "/history?limit=500&after=" + after)
                            .body())
                    .path("items");
            page.forEach(all::add);
        } while (page.size() == 500);
        return all;
    }
}
