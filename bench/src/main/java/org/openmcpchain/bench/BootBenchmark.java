/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Cold boot and memory. Ours: from the start of the process to {@code /health/ready} with a running chain, or to
 * {@code /health/live}. Plain Karaf: the stock distribution with its standard boot features, from the start of the
 * process until its SSH console listens; it does nothing else.
 */
final class BootBenchmark implements Benchmark {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int DEFAULT_RUNS = 5;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public String summary() {
        return "cold boot and memory, beside plain Karaf (argument: number of runs, 5)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        int runs = arguments.isEmpty() ? DEFAULT_RUNS : Integer.parseInt(arguments.get(0));
        Path distribution = BenchHost.root().resolve("distro/assembly/target/assembly");
        Path karaf = peer();
        Samples live = new Samples();
        Samples ready = new Samples();
        Samples memory = new Samples();
        Samples plain = new Samples();
        Samples plainMemory = new Samples();
        for (int i = 1; i <= runs; i++) {
            System.err.println("  run " + i + " of " + runs);
            bootOurs(distribution, live, ready, memory);
            bootPlain(karaf, plain, plainMemory);
        }
        return new Report("what", "seconds, median", "span", "RSS 5 s later, MB, median")
                .row("OpenMCP-Chain, live", Report.number(live.median()), live.span(), "")
                .row(
                        "OpenMCP-Chain, ready with chain",
                        Report.number(ready.median()),
                        ready.span(),
                        Report.number(memory.median()))
                .row(
                        "plain Karaf, console listens",
                        Report.number(plain.median()),
                        plain.span(),
                        Report.number(plainMemory.median()))
                .row(
                        "ratio (ready / plain)",
                        Report.number(ready.median() / plain.median()),
                        "",
                        Report.number(memory.median() / plainMemory.median()))
                .value("live_s", live.median())
                .value("ready_s", ready.median())
                .value("rss_mb", memory.median())
                .value("karaf_s", plain.median())
                .value("karaf_rss_mb", plainMemory.median())
                .value("ratio_time", ready.median() / plain.median())
                .value("ratio_rss", memory.median() / plainMemory.median());
    }

    private void bootOurs(Path distribution, Samples live, Samples ready, Samples memory) throws Exception {
        Path home = BenchHost.root().resolve("var/bench/boot");
        BenchHost.wipe(home);
        Files.createDirectories(home);
        int port = freePort();
        Path data = home.resolve("data");
        long begun = System.nanoTime();
        Process process = start(
                distribution,
                home,
                Map.of(
                        "KARAF_DATA", data.toString(),
                        "OPENMCP_HTTP_PORT", Integer.toString(port),
                        "OPENMCP_SSH_PORT", Integer.toString(freePort()),
                        "OPENMCP_CACHE", BenchHost.root().resolve("cnf/cache").toString()));
        try {
            String url = "http://127.0.0.1:" + port + "/api/v1/health/";
            live.add(seconds(begun, process, () -> answers(url + "live", null)));
            Path key = data.resolve("admin-api-key");
            ready.add(seconds(begun, process, () -> Files.isRegularFile(key) && answers(url + "ready", text(key))));
            TimeUnit.SECONDS.sleep(5);
            memory.add(BenchHost.residentMegabytes(process.pid()));
        } finally {
            end(process);
        }
    }

    private void bootPlain(Path karaf, Samples seconds, Samples memory) throws Exception {
        Path home = BenchHost.root().resolve("var/bench/karaf");
        BenchHost.wipe(home);
        Files.createDirectories(home);
        int ssh = freePort();
        long begun = System.nanoTime();
        Process process = start(
                karaf,
                home,
                Map.of(
                        "KARAF_DATA",
                        home.resolve("data").toString(),
                        "EXTRA_JAVA_OPTS",
                        "-Dorg.apache.karaf.shell.sshPort=" + ssh));
        try {
            seconds.add(seconds(begun, process, () -> consoleListens(process, home)));
            TimeUnit.SECONDS.sleep(5);
            memory.add(BenchHost.residentMegabytes(process.pid()));
        } finally {
            end(process);
        }
    }

    private static Process start(Path distribution, Path home, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        distribution.resolve("bin/karaf").toString(), "server")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("console.log").toFile());
        builder.environment().put("KARAF_EXEC", "exec");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static double seconds(long begun, Process process, BooleanSupplier done) throws Exception {
        while (!done.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() - begun > LIMIT.toNanos()) {
                throw new IOException("the host did not come up; its console.log says why");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private boolean answers(String url, String key) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5));
            if (key != null) {
                request.header("Authorization", "Bearer " + key);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The stock console writes this line when its SSH server is bound, the last of its boot features. */
    private static boolean consoleListens(Process process, Path home) {
        Path log = home.resolve("data/log/karaf.log");
        try (Stream<String> lines = Files.isRegularFile(log) ? Files.lines(log) : Stream.empty()) {
            return lines.anyMatch(line -> line.contains("Done."));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static Path peer() throws IOException {
        Path peers = BenchHost.root().resolve("bench/target/peers");
        try (Stream<Path> all = Files.list(peers)) {
            return all.filter(path -> path.getFileName().toString().startsWith("apache-karaf"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("plain Karaf is not unpacked; build bench"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
