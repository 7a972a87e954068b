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
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What a verdict costs before it is on disk, with 1, 100 and 1,000 rules. */
final class GateBenchmark implements Benchmark {

    private static final int FORKS = 1;

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public String summary() {
        return "a verdict with 1, 100 and 1,000 rules, beside CEL alone and plain Java (argument: JMH forks, 1)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        int forks = arguments.isEmpty() ? FORKS : Integer.parseInt(arguments.get(0));
        Path log = BenchHost.root().resolve("var/bench/gate-jmh.txt");
        Files.createDirectories(log.getParent());
        System.err.println("  JMH writes to var/bench/gate-jmh.txt");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(GateSteps.class.getName() + "\\..*")
                        .forks(forks)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        // As bin/setenv of the distribution.
                        .jvmArgs("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC")
                        .shouldFailOnError(true)
                        .output(log.toString())
                        .build())
                .run();
        Map<String, RunResult> named = results.stream()
                .collect(Collectors.toMap(
                        result -> result.getPrimaryResult().getLabel() + "_"
                                + result.getParams().getParam("rules"),
                        each -> each));
        Report report = new Report("rules", "what", "µs, mean", "99.9 % ±", "µs, best iteration", "of CEL alone, best");
        for (String rules : List.of("1", "100", "1000")) {
            row(report, named, rules, "plain Java predicates", "javaAlone");
            row(report, named, rules, "CEL alone, over a map", "celAlone");
            row(report, named, rules, "the policy's rules", "judge");
            row(report, named, rules, "the whole verdict but the disk", "decide");
        }
        return report;
    }

    /** The best iteration stands beside the mean: other work on the machine can only make one slower. */
    private static void row(Report report, Map<String, RunResult> results, String rules, String words, String name) {
        RunResult result = results.get(name + "_" + rules);
        double best = best(result);
        report.row(
                        rules,
                        words,
                        Report.number(result.getPrimaryResult().getScore()),
                        Report.number(result.getPrimaryResult().getScoreError()),
                        Report.number(best),
                        Report.number(best / best(results.get("celAlone_" + rules))))
                .value(name + "_" + rules + "_us", result.getPrimaryResult().getScore())
                .value(name + "_" + rules + "_best_us", best);
    }

    private static double best(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMin();
    }
}
