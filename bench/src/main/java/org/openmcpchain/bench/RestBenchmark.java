/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.util.List;

/** The API beside a raw servlet in the same container: same Jetty, same client, alternating, warm. */
final class RestBenchmark implements Benchmark {

    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 3;
    private static final double SECONDS = 5;
    private static final String TASK =
            "{\"goal\":\"what is the price of ETH in USD?\",\"clientId\":\"bench-{connection}\"}";

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public String summary() {
        return "REST GET and POST, beside a raw servlet in the same container (argument: seconds for each, 5)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        double seconds = arguments.isEmpty() ? SECONDS : Double.parseDouble(arguments.get(0));
        try (BenchHost host = BenchHost.start("rest", RawServletBundle.distribution())) {
            // An id for each connection: requests with the same one wait for each other.
            for (int i = 0; i < CONNECTIONS; i++) {
                host.send("POST", "/tasks", TASK.replace("{connection}", Integer.toString(i)));
            }
            String raw = host.url().replace("/api/v1", "/bench/raw");
            Series[] all = {
                new Series("raw servlet, GET", new HttpLoad("GET", raw, null, null, 200)),
                new Series(
                        "GET /health/live (no key)", new HttpLoad("GET", host.url() + "/health/live", null, null, 200)),
                new Series(
                        "GET /errors/TOOL_UNKNOWN (key, scope, JSON)",
                        new HttpLoad("GET", host.url() + "/errors/TOOL_UNKNOWN", host.key(), null, 200)),
                new Series("raw servlet, POST echo", new HttpLoad("POST", raw, null, TASK, 200)),
                new Series(
                        "POST /tasks, known clientId (key, scope, JSON, database read)",
                        new HttpLoad("POST", host.url() + "/tasks", host.key(), TASK, 200)),
            };
            for (Series series : all) {
                System.err.println("  warming up: " + series.name);
                series.load.run(CONNECTIONS, seconds);
            }
            for (int round = 1; round <= ROUNDS; round++) {
                System.err.println("  round " + round + " of " + ROUNDS);
                for (Series series : all) {
                    series.add(series.load.run(CONNECTIONS, seconds));
                }
            }
            return report(all);
        }
    }

    private static Report report(Series... all) {
        Report report = new Report(
                "what (" + CONNECTIONS + " connections)",
                "requests/s, median",
                "span",
                "p50 µs",
                "p95 µs",
                "p99 µs",
                "of raw");
        for (int i = 0; i < all.length; i++) {
            Series peer = i < 3 ? all[0] : all[3];
            report.row(
                    all[i].name,
                    Report.number(all[i].rate.median()),
                    all[i].rate.span(),
                    Report.number(all[i].p50.median()),
                    Report.number(all[i].p95.median()),
                    Report.number(all[i].p99.median()),
                    Report.number(all[i].rate.median() / peer.rate.median()));
        }
        return report.value("raw_get", all[0].rate.median())
                .value("live_get", all[1].rate.median())
                .value("get", all[2].rate.median())
                .value("raw_post", all[3].rate.median())
                .value("post", all[4].rate.median())
                .value("post_p95_us", all[4].p95.median())
                .value("ratio_get", all[2].rate.median() / all[0].rate.median())
                .value("ratio_post", all[4].rate.median() / all[3].rate.median());
    }

    private static final class Series {

        private final String name;
        private final HttpLoad load;
        private final Samples rate = new Samples();
        private final Samples p50 = new Samples();
        private final Samples p95 = new Samples();
        private final Samples p99 = new Samples();

        Series(String name, HttpLoad load) {
            this.name = name;
            this.load = load;
        }

        void add(HttpLoad.Result result) {
            rate.add(result.perSecond());
            p50.add(result.p50Micros());
            p95.add(result.p95Micros());
            p99.add(result.p99Micros());
        }
    }
}
