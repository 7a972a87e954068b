/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stands in front of a real chain and answers some methods itself, as nodes do that know less or lag behind. */
final class ForgetfulNode implements AutoCloseable {

    private static final String PAST_COUNT = "eth_getTransactionCount of the past";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final String behind;
    private final HttpServer server;

    ForgetfulNode(TestChain chain) throws IOException {
        this.behind = chain.url();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on the methods are unknown to this node. */
    ForgetfulNode without(String... methods) {
        for (String method : methods) {
            answers.put(method, "\"error\":{\"code\":-32601,\"message\":\"Method not found\"}");
        }
        return this;
    }

    /** From now on the node has no result for a method. */
    ForgetfulNode withoutResult(String method) {
        answers.put(method, "\"result\":null");
        return this;
    }

    /** From now on the node answers a method with this result. */
    ForgetfulNode answers(String method, String result) {
        answers.put(method, "\"result\":\"" + result + "\"");
        return this;
    }

    /** From now on the node counts transactions only up to its newest block, and of every other says this. */
    ForgetfulNode withoutPast(String message) {
        answers.put(PAST_COUNT, "\"error\":{\"code\":-32000,\"message\":\"" + message + "\"}");
        return this;
    }

    /** From now on the node answers a method with an error. */
    ForgetfulNode refuses(String method, String message) {
        answers.put(method, "\"error\":{\"code\":-32000,\"message\":\"" + message + "\"}");
        return this;
    }

    /** From now on the chain answers everything itself. */
    void remembers() {
        answers.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] question = exchange.getRequestBody().readAllBytes();
        JsonNode asked = json.readTree(question);
        String own = answers.get(
                isPastCount(asked) ? PAST_COUNT : asked.get("method").asText());
        byte[] answer = own == null
                ? ask(question)
                : ("{\"jsonrpc\":\"2.0\",\"id\":" + asked.get("id") + "," + own + "}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private boolean isPastCount(JsonNode asked) {
        return answers.containsKey(PAST_COUNT)
                && asked.get("method").asText().equals("eth_getTransactionCount")
                && asked.get("params").get(1).asText().startsWith("0x");
    }

    private byte[] ask(byte[] question) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(behind))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
