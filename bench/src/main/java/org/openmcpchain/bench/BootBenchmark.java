/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.io.IOException;
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
        Path distribution = BenchHost.distribution();
        Boot live = new Boot();
        Boot ready = new Boot();
        Boot plain = new Boot();
        for (int i = 1; i <= runs; i++) {
            System.err.println("  run " + i + " of " + runs);
            bootOurs(distribution, live, ready);
            bootPlain(plain);
        }
        Report report = new Report("what", "seconds, median", "span", "CPU seconds until then", "RSS 5 s later, MB");
        live.row(report, "OpenMCP-Chain, live", "live");
        ready.row(report, "OpenMCP-Chain, ready with chain", "ready");
        plain.row(report, "plain Karaf, console listens", "karaf");
        return report.row(
                        "ratio (ready / plain)",
                        Report.number(ready.seconds.median() / plain.seconds.median()),
                        "",
                        Report.number(ready.cpu.median() / plain.cpu.median()),
                        Report.number(ready.memory.median() / plain.memory.median()))
                .value("ratio_time", ready.seconds.median() / plain.seconds.median())
                .value("ratio_cpu", ready.cpu.median() / plain.cpu.median())
                .value("ratio_rss", ready.memory.median() / plain.memory.median());
    }

    /** What several starts took. The CPU time says more than the clock on a machine that has other work. */
    private static final class Boot {

        private final Samples seconds = new Samples();
        private final Samples cpu = new Samples();
        private final Samples memory = new Samples();

        /** Waits for a point in the start of a process. */
        void await(long begun, Process process, BooleanSupplier reached) throws Exception {
            while (!reached.getAsBoolean()) {
                if (!process.isAlive() || System.nanoTime() - begun > LIMIT.toNanos()) {
                    throw new IOException("the host did not come up; its console.log says why");
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            seconds.add((System.nanoTime() - begun) / 1e9);
            cpu.add(process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3);
        }

        /** Waits until it has settled. */
        void settle(Process process) throws Exception {
            TimeUnit.SECONDS.sleep(5);
            memory.add(BenchHost.residentMegabytes(process.pid()));
        }

        void row(Report report, String words, String key) {
            boolean settled = memory.count() > 0;
            report.row(
                            words,
                            Report.number(seconds.median()),
                            seconds.span(),
                            Report.number(cpu.median()),
                            settled ? Report.number(memory.median()) : "")
                    .value(key + "_s", seconds.median())
                    .value(key + "_cpu_s", cpu.median());
            if (settled) {
                report.value(key + "_rss_mb", memory.median());
            }
        }
    }

    private void bootOurs(Path distribution, Boot live, Boot ready) throws Exception {
        Path home = BenchHost.root().resolve("var/bench/boot");
        BenchHost.wipe(home);
        Files.createDirectories(home);
        int port = BenchHost.freePort();
        Path data = home.resolve("data");
        long begun = System.nanoTime();
        Process process = start(
                distribution,
                home,
                Map.of(
                        "KARAF_DATA", data.toString(),
                        "OPENMCP_HTTP_PORT", Integer.toString(port),
                        "OPENMCP_SSH_PORT", Integer.toString(BenchHost.freePort()),
                        "OPENMCP_CACHE", BenchHost.root().resolve("cnf/cache").toString()));
        try {
            String url = "http://127.0.0.1:" + port + "/api/v1/health/";
            live.await(begun, process, () -> answers(url + "live", null));
            Path key = data.resolve("admin-api-key");
            ready.await(begun, process, () -> Files.isRegularFile(key) && answers(url + "ready", text(key)));
            ready.settle(process);
        } finally {
            end(process);
        }
    }

    private void bootPlain(Boot plain) throws Exception {
        Path home = BenchHost.root().resolve("var/bench/karaf");
        BenchHost.wipe(home);
        PlainKaraf karaf = PlainKaraf.in(home);
        long begun = System.nanoTime();
        Process process = start(karaf.distribution(), home, karaf.environment());
        try {
            plain.await(begun, process, karaf::listens);
            plain.settle(process);
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

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
