/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Durable appends through the journal, beside the same database by hand and beside the disk alone, alternating. */
final class JournalBenchmark implements Benchmark {

    private static final int ROUNDS = 3;
    private static final double SECONDS = 4;
    private static final double WARM_UP_SECONDS = 2;
    private static final int[] WRITERS = {1, 8, 64};

    /** Opens a candidate in an empty directory. */
    private interface Opening {
        DurableAppends in(Path directory) throws Exception;
    }

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
        Series disk = new Series("fdatasync of 4 KB", 1, ForcedFile::new);
        List<Series> all = new ArrayList<>(List.of(disk));
        for (int writers : WRITERS) {
            all.add(new Series("raw JDBC", writers, directory -> new GroupedAppends(new JdbcCommit(directory))));
            all.add(new Series("store alone", writers, directory -> new GroupedAppends(new StoreCommit(directory))));
            all.add(new Series("journal", writers, JournalAppends::new));
        }
        for (Series series : all) {
            System.err.println("  warming up: " + series.name + ", " + series.writers);
            series.measure(WARM_UP_SECONDS);
        }
        for (int round = 1; round <= rounds; round++) {
            System.err.println("  round " + round + " of " + rounds);
            for (Series series : all) {
                series.add(series.measure(seconds));
            }
        }
        return report(all, disk);
    }

    private static Report report(List<Series> all, Series disk) {
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
        for (Series series : all) {
            double rate = series.rate.median();
            raw = series.name.equals("raw JDBC") ? rate : raw;
            report.row(
                    series.name,
                    Integer.toString(series.writers),
                    Report.number(rate),
                    series.rate.span(),
                    Report.number(series.p50.median()),
                    Report.number(series.p99.median()),
                    Report.number(series.cpu.median()),
                    series.writers == 1 ? Report.number(series.p50.median() / disk.p50.median()) : "",
                    series == disk ? "" : Report.number(rate / raw));
            String key = series.name.replaceAll(" .*", "") + "_" + series.writers;
            report.value(key + "_per_s", rate).value(key + "_p50_us", series.p50.median());
        }
        return report;
    }

    private static final class Series {

        private final String name;
        private final int writers;
        private final Opening opening;
        private final Samples rate = new Samples();
        private final Samples p50 = new Samples();
        private final Samples p99 = new Samples();
        private final Samples cpu = new Samples();

        Series(String name, int writers, Opening opening) {
            this.name = name;
            this.writers = writers;
            this.opening = opening;
        }

        AppendLoad.Result measure(double seconds) throws Exception {
            Path directory = BenchHost.root().resolve("var/bench/journal");
            BenchHost.wipe(directory);
            Files.createDirectories(directory);
            try (DurableAppends appends = opening.in(directory)) {
                return new AppendLoad(appends).run(writers, WARM_UP_SECONDS, seconds);
            }
        }

        void add(AppendLoad.Result result) {
            rate.add(result.perSecond());
            p50.add(result.p50Micros());
            p99.add(result.p99Micros());
            cpu.add(result.cpuMicros());
        }
    }
}
