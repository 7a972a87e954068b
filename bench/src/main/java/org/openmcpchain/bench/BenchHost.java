/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A fresh host under measurement, started by the command line as a user starts it. */
final class BenchHost implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Path home;
    private final JsonNode up;
    private final String key;

    private BenchHost(Path home, JsonNode up, String key) {
        this.home = home;
        this.up = up;
        this.key = key;
    }

    static Path root() {
        String root = System.getenv("OPENMCP_ROOT");
        return Path.of(root == null ? "" : root).toAbsolutePath().normalize();
    }

    /** The distribution that is measured: the one that was built, or a copy of it that {@code OPENMCP_DIST} names. */
    static Path distribution() {
        String distribution = System.getenv("OPENMCP_DIST");
        return distribution == null
                ? root().resolve("distro/assembly/target/assembly")
                : Path.of(distribution).toAbsolutePath().normalize();
    }

    static BenchHost start(String name) throws IOException, InterruptedException {
        return start(name, distribution());
    }

    /** Starts a host from a certain distribution. */
    static BenchHost start(String name, Path distribution) throws IOException, InterruptedException {
        Path home = root().resolve("var/bench/" + name);
        wipe(home);
        return up(home, distribution, null);
    }

    private static BenchHost up(Path home, Path distribution, String key) throws IOException, InterruptedException {
        JsonNode up = JSON.readTree(
                cli(distribution, "up", "--json", "--port", "0", "--ssh-port", "0", "--home", home.toString()));
        return new BenchHost(home, up, up.path("adminKey").asText(key));
    }

    /** The same host after it was killed or stopped: on the same home, with what it has on disk. */
    BenchHost again() throws IOException, InterruptedException {
        return up(home, distribution(), key);
    }

    Path home() {
        return home;
    }

    String url() {
        return up.path("url").asText();
    }

    String key() {
        return key;
    }

    long pid() {
        return up.path("pid").asLong();
    }

    JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IOException(method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }

    @Override
    public void close() throws IOException {
        try {
            cli(distribution(), "down", "--home", home.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Resident memory of a process in MB. */
    static double residentMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static void wipe(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** A copy with the attributes of the files, among them what may be executed. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String cli(Path distribution, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-jar",
                root().resolve("distro/cli/target/openmcp-cli.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OPENMCP_ROOT", root().toString());
        builder.environment().put("OPENMCP_DIST", distribution.toString());
        Process run = builder.start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (run.waitFor() != 0) {
            throw new IOException(String.join(" ", arguments) + " failed: " + output);
        }
        return output.substring(output.lastIndexOf('\n') + 1);
    }
}
