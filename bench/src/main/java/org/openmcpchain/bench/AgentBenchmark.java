/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What the agent's loop adds to a model and a tool that cost nothing, beside LangChain4j's AiServices. */
final class AgentBenchmark implements Benchmark {

    private static final int FORKS = 1;

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public String summary() {
        return "overhead of an agent step and of a tool call, beside LangChain4j AiServices (argument: JMH forks, 1)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        int forks = arguments.isEmpty() ? FORKS : Integer.parseInt(arguments.get(0));
        Path log = BenchHost.root().resolve("var/bench/agent-jmh.txt");
        Files.createDirectories(log.getParent());
        System.err.println("  JMH writes to var/bench/agent-jmh.txt");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(AgentSteps.class.getName() + "\\..*")
                        .forks(forks)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(2))
                        // As bin/setenv of the distribution.
                        .jvmArgs("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC")
                        .shouldFailOnError(true)
                        .output(log.toString())
                        .build())
                .run();
        return report(results.stream()
                .collect(Collectors.toMap(result -> result.getPrimaryResult().getLabel(), each -> each)));
    }

    private static Report report(Map<String, RunResult> results) {
        Report report = new Report(
                "what", "µs, mean", "99.9 % ±", "of LangChain4j", "µs, best iteration", "best of LangChain4j's best");
        row(report, results, "LangChain4j: AiServices, two rounds, one call", "peerStep", "peerStep");
        row(report, results, "agent, model and tool on own threads", "step", "peerStep");
        row(report, results, "agent, only the tool on its own thread", "stepWithoutLease", "peerStep");
        row(report, results, "LangChain4j: DefaultToolExecutor", "peerCall", "peerCall");
        row(report, results, "tool call, on its own thread", "call", "peerCall");
        row(report, results, "tool call, on the caller's thread", "callOnOneThread", "peerCall");
        return report;
    }

    /** The best iteration stands beside the mean: other work on the machine can only make one slower. */
    private static void row(Report report, Map<String, RunResult> results, String words, String name, String peer) {
        Result<?> result = results.get(name).getPrimaryResult();
        double mean = result.getScore() / results.get(peer).getPrimaryResult().getScore();
        double best = best(results, name) / best(results, peer);
        report.row(
                        words,
                        Report.number(result.getScore()),
                        Report.number(result.getScoreError()),
                        Report.number(mean),
                        Report.number(best(results, name)),
                        Report.number(best))
                .value(name + "_us", result.getScore())
                .value(name + "_ratio", mean)
                .value(name + "_best_us", best(results, name))
                .value(name + "_best_ratio", best);
    }

    private static double best(Map<String, RunResult> results, String name) {
        return results.get(name).getPrimaryResult().getStatistics().getMin();
    }
}
