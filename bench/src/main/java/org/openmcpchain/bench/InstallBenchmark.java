/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From the request to install a tool to the end of the first task that used it, through the API, with everything on disk. */
final class InstallBenchmark implements Benchmark {

    private static final String TOOL = "org.openmcpchain.tool.oracle";
    private static final int DEFAULT_ROUNDS = 20;

    @Override
    public String name() {
        return "install";
    }

    @Override
    public String summary() {
        return "install a tool, to its first successful call, beside starting a Node process (argument: rounds, 20)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        int rounds = arguments.isEmpty() ? DEFAULT_ROUNDS : Integer.parseInt(arguments.get(0));
        Samples install = new Samples();
        Samples firstCall = new Samples();
        Samples remove = new Samples();
        Samples node = new Samples();
        try (BenchHost host = BenchHost.start("install")) {
            for (int i = 0; i < rounds; i++) {
                long begun = System.nanoTime();
                host.send("POST", "/market/" + TOOL + "/install", "{\"grantPermissions\":true}");
                install.add(millis(begun));
                work(host);
                firstCall.add(millis(begun));
                long removing = System.nanoTime();
                host.send("DELETE", "/market/" + TOOL, null);
                remove.add(millis(removing));
                node.add(nodeStart());
            }
        }
        return new Report("what", "ms, median", "p95", "span")
                .row(
                        "install answered",
                        Report.number(install.median()),
                        Report.number(install.percentile(95)),
                        install.span())
                .row(
                        "install to first task ended",
                        Report.number(firstCall.median()),
                        Report.number(firstCall.percentile(95)),
                        firstCall.span())
                .row(
                        "remove answered",
                        Report.number(remove.median()),
                        Report.number(remove.percentile(95)),
                        remove.span())
                .row(
                        "peer: node starts and ends",
                        Report.number(node.median()),
                        Report.number(node.percentile(95)),
                        node.span())
                .value("install_ms", install.median())
                .value("first_call_ms", firstCall.median())
                .value("remove_ms", remove.median())
                .value("node_ms", node.median())
                .value("ratio_first_call_to_node", firstCall.median() / node.median());
    }

    private static void work(BenchHost host) throws Exception {
        String id = host.send("POST", "/tasks", "{\"goal\":\"what is the price of ETH in USD?\"}")
                .path("id")
                .asText();
        JsonNode task = host.send("GET", "/tasks/" + id, null);
        while (!task.path("ended").asBoolean()) {
            TimeUnit.MILLISECONDS.sleep(2);
            task = host.send("GET", "/tasks/" + id, null);
        }
        if (!task.path("state").asText().equals("SUCCEEDED")) {
            throw new IllegalStateException("the task did not succeed: " + task);
        }
    }

    /** The floor of every tool server that is started with Node: a process that does nothing. */
    private static double nodeStart() throws Exception {
        long begun = System.nanoTime();
        Process process = new ProcessBuilder("node", "-e", "0").start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("node does not run");
        }
        return millis(begun);
    }

    private static double millis(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }
}
