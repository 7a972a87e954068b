/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How soon a held run works again after a person has said yes, beside the same goal that nobody holds. */
final class ApprovalBenchmark implements Benchmark {

    private static final int DEFAULT_ROUNDS = 30;
    private static final int WARM_UP = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GOAL = "{\"goal\":\"mint an NFT for bob.eth\"}";

    @Override
    public String name() {
        return "approval";
    }

    @Override
    public String summary() {
        return "from an approval to the resumed run, beside a run that is not held (argument: rounds, 30)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        int rounds = arguments.isEmpty() ? DEFAULT_ROUNDS : Integer.parseInt(arguments.get(0));
        Samples free = new Samples();
        Samples answered = new Samples();
        Samples resumed = new Samples();
        Samples ended = new Samples();
        try (BenchHost host = BenchHost.start("approval")) {
            CrashApi api = new CrashApi(host);
            api.install("org.openmcpchain.tool.nft");
            for (int i = -WARM_UP; i < rounds; i++) {
                long begun = System.nanoTime();
                awaitEnd(host, submit(host));
                add(free, i, millis(begun));
            }
            api.holdMints();
            for (int i = -WARM_UP; i < rounds; i++) {
                String run = submit(host);
                JsonNode approval = awaitApproval(api);
                awaitState(host, run, "WAITING_APPROVAL");
                long begun = System.nanoTime();
                api.approve(approval);
                add(answered, i, millis(begun));
                awaitEnd(host, run);
                add(ended, i, millis(begun));
                add(resumed, i, resumedAfter(api.entries(run)));
            }
        }
        return new Report("what", "ms, median", "p95", "span")
                .row(row("goal to end, not held", free))
                .row(row("approve answered (on disk)", answered))
                .row(row("approve on disk to run at work", resumed))
                .row(row("approve to end of run", ended))
                .value("free_ms", free.median())
                .value("approve_ms", answered.median())
                .value("resume_ms", resumed.median())
                .value("approved_to_end_ms", ended.median());
    }

    private static void add(Samples samples, int round, double value) {
        if (round >= 0) {
            samples.add(value);
        }
    }

    private static String[] row(String what, Samples samples) {
        return new String[] {
            what, Report.number(samples.median()), Report.number(samples.percentile(95)), samples.span()
        };
    }

    private static String submit(BenchHost host) throws IOException, InterruptedException {
        return host.send("POST", "/tasks", GOAL).path("id").asText();
    }

    private static JsonNode awaitApproval(CrashApi api) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            List<JsonNode> pending = api.pendingApprovals();
            if (!pending.isEmpty()) {
                return pending.get(0);
            }
            Thread.sleep(2);
        }
        throw new IOException("nothing was held");
    }

    private static void awaitEnd(BenchHost host, String run) throws IOException, InterruptedException {
        JsonNode task = awaitState(host, run, null);
        if (!task.path("state").asText().equals("SUCCEEDED")) {
            throw new IOException("the run did not succeed: " + task);
        }
    }

    private static JsonNode awaitState(BenchHost host, String run, String state)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            JsonNode task = host.send("GET", "/tasks/" + run, null);
            boolean there = state == null
                    ? task.path("ended").asBoolean()
                    : task.path("state").asText().equals(state);
            if (there) {
                return task;
            }
            Thread.sleep(1);
        }
        throw new IOException("run " + run + " does not become " + (state == null ? "ended" : state));
    }

    /** From the journal: the answer, and the next time that the run is at work. */
    private static double resumedAfter(List<JsonNode> entries) {
        Instant answer = null;
        for (JsonNode entry : entries) {
            String type = entry.path("type").asText();
            if (type.equals("approval.voted")) {
                answer = Instant.parse(entry.path("at").asText());
            }
            boolean isAtWork = type.equals("run.state")
                    && entry.path("body").path("to").asText().equals("RUNNING");
            if (answer != null && isAtWork) {
                return Duration.between(answer, Instant.parse(entry.path("at").asText()))
                        .toMillis();
            }
        }
        return Double.NaN;
    }

    private static double millis(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }
}
