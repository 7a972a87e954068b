/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Speaks to a host as every other client does: over its API. */
final class HostClient {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final String url;
    private final String key;

    HostClient(String url, String key) {
        this.url = url;
        this.key = key;
    }

    boolean lives() {
        try {
            return send(request("/health/live").GET()).statusCode() == 200;
        } catch (CliException e) {
            return false;
        }
    }

    /** Whether every part is there; before that, why not. */
    boolean ready() {
        return send(request("/health/ready").GET()).statusCode() == 200;
    }

    JsonNode get(String path) {
        return answer(send(request(path).GET()));
    }

    String text(String path) {
        HttpResponse<String> response = send(request(path).GET());
        answer(response);
        return response.body();
    }

    JsonNode post(String path, Object body) {
        return send("POST", path, body);
    }

    JsonNode put(String path, Object body) {
        return send("PUT", path, body);
    }

    private JsonNode send(String method, String path, Object body) {
        try {
            return answer(send(request(path)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Follows the events of a task until its stream ends. */
    void follow(String taskId, BiConsumer<String, JsonNode> onEvent) {
        HttpRequest request = request("/tasks/" + taskId + "/events")
                .timeout(Duration.ofMinutes(10))
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new CliException("the event stream answered " + response.statusCode(), "Run ./openmcp logs");
            }
            String[] event = {"message"};
            response.body().forEach(line -> {
                if (line.startsWith("event: ")) {
                    event[0] = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    onEvent.accept(event[0], tree(line.substring(6)));
                }
            });
        } catch (IOException e) {
            throw gone(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", "Run ./openmcp status to see what is running");
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw gone(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", "Run ./openmcp status to see what is running");
        }
    }

    private static JsonNode answer(HttpResponse<String> response) {
        JsonNode body = tree(response.body());
        if (response.statusCode() < 400) {
            return body;
        }
        String code = body.path("code").asText("HTTP " + response.statusCode());
        String detail = body.path("detail").asText(body.path("title").asText(""));
        String params = body.path("params").isEmpty() ? "" : " " + body.path("params");
        throw new CliException(
                code + ": " + detail + params, body.path("remedy").asText("Run ./openmcp logs"));
    }

    private static JsonNode tree(String text) {
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static CliException gone(IOException e) {
        return new CliException(
                "the host does not answer (" + e.getClass().getSimpleName() + ")", "Run ./openmcp status");
    }
}
