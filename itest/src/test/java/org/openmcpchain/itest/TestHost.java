/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A host as a user has it: started by the command line from the assembled distribution, on free ports, with a home and a
 * chain of its own, and spoken to over HTTP.
 */
final class TestHost implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Path CLI = ROOT.resolve("distro/cli/target/openmcp-cli.jar");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Path home;
    private final Map<String, String> environment;
    private ProcessHandle process;
    private String url;
    private String key;
    private int sshPort;

    private TestHost(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** Starts a fresh host. Its home is below target/ and stays there for who looks into a failure. */
    static TestHost start(String name) {
        return start(name, Map.of());
    }

    /** Starts a fresh host with variables of the environment, as an operator sets them. */
    static TestHost start(String name, Map<String, String> environment) {
        Path home = Path.of("target", "hosts", name).toAbsolutePath();
        delete(home);
        TestHost host = new TestHost(home, environment);
        try {
            host.up();
        } catch (RuntimeException | Error e) {
            host.close();
            throw e;
        }
        return host;
    }

    /** Starts the host again on the same home. */
    void up() {
        JsonNode up =
                json(cli(environment, "up", "--json", "--port", "0", "--ssh-port", "0", "--home", home.toString()));
        process = ProcessHandle.of(up.path("pid").asLong()).orElseThrow();
        url = up.path("url").asText();
        sshPort = up.path("sshPort").asInt();
        if (up.has("adminKey")) {
            key = up.path("adminKey").asText();
        }
        await().untilAsserted(() -> assertThat(get("/health/ready").statusCode())
                .as(get("/health/ready").body())
                .isEqualTo(200));
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    void down() {
        cli("down", "--home", home.toString());
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            down();
        }
        // The chain outlives a killed host on purpose; here nobody comes back for it.
        chainProcess().ifPresent(ProcessHandle::destroyForcibly);
    }

    Path home() {
        return home;
    }

    long pid() {
        return process.pid();
    }

    String key() {
        return key;
    }

    String url() {
        return url;
    }

    int sshPort() {
        return sshPort;
    }

    String log() {
        try {
            return Files.readString(home.resolve("data/log/karaf.log"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path, key).GET());
    }

    HttpResponse<String> post(String path, Object body) {
        try {
            return send(request(path, key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            body instanceof String text ? text : JSON.writeValueAsString(body))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> delete(String path) {
        return send(request(path, key).DELETE());
    }

    HttpRequest.Builder request(String path, String apiKey) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        return apiKey == null ? request : request.header("Authorization", "Bearer " + apiKey);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Installs a bundle with its permissions. */
    JsonNode install(String id) {
        HttpResponse<String> answer = post("/market/" + id + "/install", Map.of("grantPermissions", true));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    /** Submits a goal; returns the task's id. */
    String submit(String goal) {
        HttpResponse<String> answer = post("/tasks", Map.of("goal", goal));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer.body()).path("id").asText();
    }

    /** The task once it has ended. */
    JsonNode ended(String id) {
        return await().until(() -> json(get("/tasks/" + id).body()), task -> task.path("ended")
                .asBoolean());
    }

    /** Submits a goal and waits for its end. */
    JsonNode work(String goal) {
        return ended(submit(goal));
    }

    /** The journal of a task. */
    List<JsonNode> journal(String id) {
        List<JsonNode> entries = new ArrayList<>();
        json(get("/journal/entries?limit=1000&stream=" + encoded("run/" + id)).body())
                .path("items")
                .forEach(entries::add);
        return entries;
    }

    /** Bodies of the journal entries of one type. */
    List<JsonNode> journal(String id, String type) {
        return journal(id).stream()
                .filter(entry -> entry.path("type").asText().equals(type))
                .map(entry -> entry.path("body"))
                .toList();
    }

    /** A JSON-RPC call to the chain, past the host. */
    JsonNode rpc(String method, Object... params) {
        Map<String, Object> body = Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", Arrays.asList(params));
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + chainMemory().getProperty("port")))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return json(answer.body()).path("result");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** How many transactions an account has sent. */
    long nonce(String address) {
        return Long.decode(rpc("eth_getTransactionCount", address, "latest").asText());
    }

    Optional<ProcessHandle> chainProcess() {
        Properties memory = chainMemory();
        if (!memory.containsKey("pid")) {
            return Optional.empty();
        }
        Instant started = Instant.parse(memory.getProperty("started"));
        return ProcessHandle.of(Long.parseLong(memory.getProperty("pid")))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(instant ->
                                Duration.between(started, instant).abs().toSeconds() < 2)
                        .isPresent());
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(100, TimeUnit.MILLISECONDS);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Runs the command line as a user does; returns its last line. */
    static String cli(String... arguments) {
        return cli(Map.of(), arguments);
    }

    private static String cli(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java(), "-jar", CLI.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment().put("OPENMCP_ROOT", ROOT.toString());
        try {
            Process run = builder.start();
            String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            assertThat(run.waitFor())
                    .as(String.join(" ", arguments) + "\n" + output)
                    .isZero();
            return output.substring(output.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Properties chainMemory() {
        Properties properties = new Properties();
        Path file = home.resolve("data/devnet/anvil.properties");
        if (Files.isRegularFile(file)) {
            try (var in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return properties;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
