/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.openai.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A stand-in for an OpenAI-compatible endpoint on loopback: it answers {@code POST /v1/chat/completions} with recorded
 * answers, in order, and remembers what it was sent.
 */
final class FakeOpenAiServer implements AutoCloseable {

    /** A request as it arrived. */
    record Received(String path, String authorization, String body) {}

    private interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch released = new CountDownLatch(1);
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile boolean behaving;

    FakeOpenAiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    FakeOpenAiServer answers(int status, String body) {
        answers.add(exchange -> write(exchange, status, body));
        return this;
    }

    FakeOpenAiServer says(String text) {
        return answers(200, completion("{\"role\":\"assistant\",\"content\":" + quoted(text) + "}", "stop"));
    }

    FakeOpenAiServer callsTool(String name, String arguments) {
        return answers(200, toolCall(name, arguments));
    }

    /** Once the recorded answers are used up: calls the first tool it is offered, and answers in words after a result. */
    FakeOpenAiServer behaves() {
        behaving = true;
        return this;
    }

    /** Takes the request and never answers until the server is closed. */
    FakeOpenAiServer hangs() {
        answers.add(exchange -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        return this;
    }

    /** Begins an answer and ends the connection in the middle of it. */
    FakeOpenAiServer breaksOff() {
        answers.add(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("{\"id\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("broken off");
        });
        return this;
    }

    FakeOpenAiServer redirectsTo(String location) {
        answers.add(exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            write(exchange, 307, "");
        });
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(
                exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Authorization"), body));
        Answer answer;
        synchronized (answers) {
            answer = answers.poll();
        }
        if (answer != null) {
            answer.write(exchange);
        } else if (behaving) {
            write(exchange, 200, sensible(new ObjectMapper().readTree(body)));
        } else {
            write(exchange, 500, "{\"error\":{\"message\":\"no answer is left\"}}");
        }
    }

    private static String sensible(JsonNode request) {
        JsonNode messages = request.path("messages");
        String last = messages.path(messages.size() - 1).path("role").asText();
        JsonNode tool = request.path("tools").path(0).path("function");
        return last.equals("user") && !tool.isMissingNode()
                ? toolCall(tool.path("name").asText(), "{\"title\":\"Dune\"}")
                : completion("{\"role\":\"assistant\",\"content\":\"all done\"}", "stop");
    }

    private static void write(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        } catch (IOException e) {
            // the client broke it off; some tests want that
        }
    }

    private static String toolCall(String name, String arguments) {
        return completion(
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":" + quoted(name) + ",\"arguments\":" + quoted(arguments) + "}}]}",
                "tool_calls");
    }

    static String completion(String message, String finish) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"test-model\","
                + "\"choices\":[{\"index\":0,\"message\":" + message + ",\"finish_reason\":\"" + finish + "\"}],"
                + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
