/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.util.ArrayList;
import java.util.List;

/** Durable appends through the journal, beside the same database by hand and beside the disk alone, alternating. */
final class JournalBenchmark implements Benchmark {

    private static final int ROUNDS = 3;
    private static final double SECONDS = 4;
    private static final int[] WRITERS = {1, 8, 64};

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public String summary() {
        return "durable journal appends, beside raw JDBC and fdatasync (arguments: rounds, 3; seconds for each, 4)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        int rounds = arguments.isEmpty() ? ROUNDS : Integer.parseInt(arguments.get(0));
        double seconds = arguments.size() < 2 ? SECONDS : Double.parseDouble(arguments.get(1));
        WriterSeries disk = new WriterSeries("fdatasync of 4 KB", 1, ForcedFile::new);
        List<WriterSeries> all = new ArrayList<>(List.of(disk));
        for (int writers : WRITERS) {
            all.add(new WriterSeries("raw JDBC", writers, directory -> new GroupedAppends(new JdbcCommit(directory))));
            all.add(new WriterSeries(
                    "store alone", writers, directory -> new GroupedAppends(new StoreCommit(directory))));
            all.add(new WriterSeries("journal", writers, JournalAppends::new));
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
        return report(all, disk);
    }

    private static Report report(List<WriterSeries> all, WriterSeries disk) {
        Report report = new Report(
                "what",
                "writers",
                "appends/s, median",
                "span",
                "p50 µs",
                "p99 µs",
                "CPU µs each",
                "p50 / fdatasync",
                "rate / raw");
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
                    series.writers() == 1
                            ? Report.number(series.p50().median() / disk.p50().median())
                            : "",
                    series == disk ? "" : Report.number(rate / raw));
            String key = series.name().replaceAll(" .*", "") + "_" + series.writers();
            report.value(key + "_per_s", rate)
                    .value(key + "_p50_us", series.p50().median());
        }
        return report;
    }
}
