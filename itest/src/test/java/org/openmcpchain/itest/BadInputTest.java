/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What strangers send (F113, F125). Every answer has a code of the catalogue, and the log holds no stack trace. */
class BadInputTest {

    private static TestHost host;
    private static Set<String> catalogue;

    @BeforeAll
    static void start() {
        host = TestHost.start("bad-input");
        catalogue = new HashSet<>();
        TestHost.json(host.get("/errors").body())
                .path("items")
                .forEach(code -> catalogue.add(code.path("code").asText()));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    /** One row of the table: what is sent, and what must come back. */
    private record Row(String name, HttpRequest.Builder request, int status, String code) {}

    @Test
    void answersEachRowOfTheTableWithItsCode() {
        String log = host.log();
        List<String> wrong = new ArrayList<>();
        for (Row row : table()) {
            HttpResponse<String> answer = host.send(row.request());
            JsonNode problem = problem(answer);
            String code = problem.path("code").asText();
            if (answer.statusCode() != row.status() || !code.equals(row.code()) || !catalogue.contains(code)) {
                wrong.add(row.name() + ": " + answer.statusCode() + " " + answer.body());
            }
            assertThat(answer.body()).as(row.name()).doesNotContain("Exception", "\tat ", "java.", "org.apache");
        }
        assertThat(wrong).isEmpty();
        String added = host.log().substring(log.length());
        assertThat(added).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(TestHost.json(host.get("/tasks/stats").body()).path("total").asLong())
                .isZero();
    }

    @Test
    void startsWithoutAnErrorInTheLog() {
        assertThat(host.log().lines().filter(line -> line.contains("| ERROR |")))
                .isEmpty();
    }

    @Test
    void opensNothingButLivenessWithoutAKey() {
        for (String path :
                List.of("/tasks", "/tools", "/market", "/networks", "/health/ready", "/openapi.json", "/x")) {
            assertThat(host.send(host.request(path, null).GET()).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(host.send(host.request("/health/live", null).GET()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void servesNothingASecondTimeBelowCxf() {
        String root = host.url().replace("/api/v1", "");
        for (String path : List.of("/cxf/api/v1/tools", "/cxf", "/services", "/system/console")) {
            HttpResponse<String> answer = host.send(HttpRequest.newBuilder(java.net.URI.create(root + path)));
            assertThat(answer.statusCode()).as(path).isIn(401, 404);
            assertThat(answer.body()).doesNotContain("wadl", "dex_swap");
        }
    }

    private static List<Row> table() {
        List<Row> rows = new ArrayList<>();
        rows.add(body("empty", "", 400, "REQUEST_EMPTY"));
        rows.add(body("10 MB", "{\"goal\":\"" + "x".repeat(10 << 20) + "\"}", 413, "REQUEST_TOO_LARGE"));
        rows.add(body("not JSON", "goal=swap", 400, "REQUEST_MALFORMED"));
        rows.add(body("half JSON", "{\"goal\":\"sw", 400, "REQUEST_MALFORMED"));
        rows.add(body("duplicate key", "{\"goal\":\"a\",\"goal\":\"b\"}", 400, "REQUEST_MALFORMED"));
        rows.add(body("deep", "[".repeat(20_000), 400, "REQUEST_INVALID"));
        rows.add(body("wrong type", "{\"goal\":42}", 400, "REQUEST_INVALID"));
        rows.add(body("array", "[]", 400, "REQUEST_INVALID"));
        rows.add(body("null", "null", 400, "REQUEST_INVALID"));
        rows.add(body("unknown field", "{\"goal\":\"a\",\"sudo\":true}", 400, "REQUEST_UNKNOWN_FIELD"));
        rows.add(body("no goal", "{}", 400, "REQUEST_INVALID"));
        rows.add(body("blank goal", "{\"goal\":\"  \"}", 400, "REQUEST_INVALID"));
        rows.add(body("long goal", "{\"goal\":\"" + "g".repeat(4001) + "\"}", 400, "REQUEST_INVALID"));
        rows.add(body("client id", "{\"goal\":\"a\",\"clientId\":\"a b\"}", 400, "REQUEST_INVALID"));
        rows.add(body("network", "{\"goal\":\"a\",\"network\":\"eip155:99\"}", 404, "CHAIN_UNKNOWN"));
        rows.add(body("network text", "{\"goal\":\"a\",\"network\":\"';--\"}", 400, "REQUEST_INVALID"));
        rows.add(body("metadata", "{\"goal\":\"a\",\"metadata\":7}", 400, "REQUEST_INVALID"));
        rows.add(body(
                "metadata size",
                "{\"goal\":\"a\",\"metadata\":{\"x\":\"" + "y".repeat(17_000) + "\"}}",
                400,
                "REQUEST_INVALID"));
        rows.add(get("unknown id", "/tasks/0190b7c2-0000-7000-8000-000000000000", 404, "RUN_UNKNOWN"));
        rows.add(get("SQL", "/tasks/x'%20OR%20'1'%3D'1", 404, "RUN_UNKNOWN"));
        rows.add(get("SQL in search", "/tasks?q=%25'%3BDROP%20TABLE%20run%3B--&limit=0", 400, "REQUEST_INVALID"));
        rows.add(get("path", "/tasks/..;/..;/etc/passwd", 400, "REQUEST_INVALID"));
        rows.add(get("market path", "/market/%2e%2e", 404, "RESOURCE_UNKNOWN"));
        rows.add(get("unknown path", "/nothing/here", 404, "RESOURCE_UNKNOWN"));
        rows.add(get("stream", "/journal/entries?stream=../../x", 404, "STREAM_UNKNOWN"));
        rows.add(get("unknown tool", "/tools/%3Cscript%3E", 404, "TOOL_UNKNOWN"));
        rows.add(new Row("method", host.request("/tasks", host.key()).DELETE(), 405, "REQUEST_METHOD"));
        rows.add(new Row(
                "media type",
                host.request("/tasks", host.key())
                        .header("Content-Type", "text/xml")
                        .POST(HttpRequest.BodyPublishers.ofString("<goal/>")),
                415,
                "REQUEST_MEDIA_TYPE"));
        rows.add(new Row("no key", host.request("/tasks", null).GET(), 401, "KEY_MISSING"));
        rows.add(new Row("wrong key", host.request("/tasks", "omk_x_y").GET(), 401, "KEY_INVALID"));
        rows.add(new Row("huge key", host.request("/tasks", "k".repeat(5000)).GET(), 401, "KEY_INVALID"));
        rows.add(new Row("unknown listing", install("nobody.nothing"), 404, "LISTING_UNKNOWN"));
        rows.add(new Row("install path", install("..%2f..%2fx"), 404, "RESOURCE_UNKNOWN"));
        return rows;
    }

    private static HttpRequest.Builder install(String id) {
        return host.request("/market/" + id + "/install", host.key())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
    }

    private static Row body(String name, String body, int status, String code) {
        return new Row(
                name,
                host.request("/tasks", host.key())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                status,
                code);
    }

    private static Row get(String name, String path, int status, String code) {
        return new Row(name, host.request(path, host.key()).GET(), status, code);
    }

    private static JsonNode problem(HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("application/problem+json")
                ? TestHost.json(answer.body())
                : TestHost.JSON.createObjectNode();
    }
}
