/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.util.ArrayList;
import java.util.List;

/** What a durable step costs: intent on disk, outcome on disk. */
final class StepBenchmark implements Benchmark {

    private static final int ROUNDS = 3;
    private static final double SECONDS = 4;
    private static final List<Integer> WRITERS = List.of(1, 8, 64);

    @Override
    public String name() {
        return "step";
    }

    @Override
    public String summary() {
        return "durable steps, beside raw JDBC and db-scheduler alone (arguments: rounds, 3; seconds for each, 4)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        int rounds = arguments.isEmpty() ? ROUNDS : Integer.parseInt(arguments.get(0));
        double seconds = arguments.size() < 2 ? SECONDS : Double.parseDouble(arguments.get(1));
        List<WriterSeries> all = new ArrayList<>();
        for (int writers : WRITERS) {
            all.add(new WriterSeries(
                    "raw JDBC", writers, directory -> new StepPair(new GroupedAppends(new JdbcCommit(directory)))));
            all.add(new WriterSeries("db-scheduler alone", writers, SchedulerSteps::new));
            all.add(new WriterSeries("step", writers, directory -> new StepPair(new JournalAppends(directory))));
        }
        for (WriterSeries series : all) {
            series.warmUp();
        }
        for (int round = 1; round <= rounds; round++) {
            System.err.println("  round " + round + " of " + rounds);
            for (WriterSeries series : all) {
                series.measure(seconds);
            }
        }
        return report(all);
    }

    private static Report report(List<WriterSeries> all) {
        Report report = new Report(
                "what", "writers", "steps/s, median", "span", "p50 µs", "p99 µs", "CPU µs each", "rate / raw");
        double raw = Double.NaN;
        for (WriterSeries series : all) {
            double rate = series.rate().median();
            raw = series.name().equals("raw JDBC") ? rate : raw;
            report.row(
                    series.name(),
                    Integer.toString(series.writers()),
                    Report.number(rate),
                    series.rate().span(),
                    Report.number(series.p50().median()),
                    Report.number(series.p99().median()),
                    Report.number(series.cpu().median()),
                    Report.number(rate / raw));
            String key = series.name().replaceAll(" .*", "") + "_" + series.writers();
            report.value(key + "_per_s", rate)
                    .value(key + "_p50_us", series.p50().median());
        }
        return report;
    }
}
