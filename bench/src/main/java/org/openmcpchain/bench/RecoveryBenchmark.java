/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.persistence.EntityManagerFactory;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.internal.CareSettings;
import org.openmcpchain.core.run.internal.HostAudit;
import org.openmcpchain.core.run.internal.HostCare;
import org.openmcpchain.core.run.internal.HostJournal;
import org.openmcpchain.core.run.internal.JournalFolder;
import org.openmcpchain.core.run.internal.JournalSettings;
import org.openmcpchain.core.run.internal.ShieldedReads;
import org.openmcpchain.journal.JournalCare.Snapshot;

/**
 * What a start has to read, with a short and with a long history, beside the time that the database takes to open. And what is done
 * with the whole history: that is not part of a start.
 */
final class RecoveryBenchmark implements Benchmark {

    private static final int UNFINISHED = 10;
    private static final int ROUNDS = 5;
    private static final List<Integer> HISTORIES = List.of(1_000, 100_000);

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String summary() {
        return "time to recover with a long history, beside opening the database (arguments: numbers of finished runs,"
                + " 1000 and 100000)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        List<Integer> histories = arguments.isEmpty()
                ? HISTORIES
                : arguments.stream().map(Integer::valueOf).toList();
        Report report = new Report(
                "finished runs",
                "open the database, ms",
                "unfinished runs, ms",
                "their streams, ms",
                "first append, ms",
                "checkpoint, ms",
                "verify all, s",
                "full snapshot, s",
                "MB",
                "incremental, s",
                "KB",
                "archive all, s");
        for (int runs : histories) {
            measure(runs, report);
        }
        return report;
    }

    private void measure(int runs, Report report) throws Exception {
        Path directory = BenchHost.root().resolve("var/bench/recovery");
        BenchHost.wipe(directory);
        Files.createDirectories(directory);
        System.err.println("  writing " + runs + " finished runs");
        try (Life life = new Life(directory)) {
            FinishedRuns.fill(life.store, runs, UNFINISHED);
        }
        Samples open = new Samples();
        Samples unfinished = new Samples();
        Samples streams = new Samples();
        Samples append = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            System.err.println("  start " + (round + 1) + " of " + ROUNDS);
            long begun = System.nanoTime();
            try (Life life = new Life(directory)) {
                open.add((System.nanoTime() - begun) / 1e6);
                List<RunRecord> found = timed(unfinished, life.store::unfinishedRuns);
                timed(streams, () -> found.stream()
                        .mapToInt(
                                run -> life.store.entries(run.stream(), 0, 1000).size())
                        .sum());
                timed(append, () -> life.journal.append("host", "bench.started", Map.of("round", "1")));
            }
        }
        try (Life life = new Life(directory)) {
            whole(runs, report, life, List.of(open, unfinished, streams, append));
        }
    }

    private static void whole(int runs, Report report, Life life, List<Samples> start) throws Exception {
        Samples checkpoint = new Samples();
        Samples verify = new Samples();
        Samples full = new Samples();
        Samples incremental = new Samples();
        Samples archive = new Samples();
        System.err.println("  the whole history");
        life.audit.checkpoint();
        life.journal.append("host", "bench.moved", Map.of());
        timed(checkpoint, life.audit::checkpoint);
        boolean intact =
                timed(verify, () -> life.audit.verifyAll(progress -> {})).intact();
        Snapshot first = timed(full, () -> life.care.snapshot(true, "bench"));
        Snapshot second = timed(incremental, () -> life.care.snapshot(false, "bench"));
        long archived =
                timed(archive, () -> life.care.compact(Instant.now(), "bench")).runs();
        if (!intact || archived != runs) {
            throw new IllegalStateException("the history is not as it was written");
        }
        report.row(
                Integer.toString(runs),
                Report.number(start.get(0).median()),
                Report.number(start.get(1).median()),
                Report.number(start.get(2).median()),
                Report.number(start.get(3).median()),
                Report.number(checkpoint.median()),
                Report.number(verify.median() / 1e3),
                Report.number(full.median() / 1e3),
                Report.number(first.bytes() / 1e6),
                Report.number(incremental.median() / 1e3),
                Report.number(second.bytes() / 1e3),
                Report.number(archive.median() / 1e3));
        double all =
                start.get(1).median() + start.get(2).median() + start.get(3).median();
        report.value("recovery_" + runs + "_ms", all)
                .value("open_" + runs + "_ms", start.get(0).median())
                .value("checkpoint_" + runs + "_ms", checkpoint.median())
                .value("verify_" + runs + "_s", verify.median() / 1e3);
    }

    private static <T> T timed(Samples samples, Callable<T> work) throws Exception {
        long begun = System.nanoTime();
        T result = work.call();
        samples.add((System.nanoTime() - begun) / 1e6);
        return result;
    }

    /** A host's journal from its start to its end. */
    private static final class Life implements AutoCloseable {

        private final EmbeddedDatabase database;
        private final EntityManagerFactory unit;
        private final RunStore store;
        private final ShieldedReads reads;
        private final HostJournal journal;
        private final HostAudit audit;
        private final HostCare care;

        Life(Path directory) throws Exception {
            database = new EmbeddedDatabase(directory);
            unit = database.persistenceUnit();
            store = database.store(unit);
            store.run("none");
            JournalFolder folder = new JournalFolder(directory.resolve("journal"));
            reads = new ShieldedReads(store, folder);
            journal = new HostJournal(Defaults.of(JournalSettings.class), reads);
            audit = HostAudit.byCall(Duration.ofMinutes(1), journal, journal, reads, folder);
            care = new HostCare(Defaults.of(CareSettings.class), journal, journal, reads, folder);
        }

        @Override
        public void close() {
            care.close();
            journal.close();
            reads.close();
            unit.close();
            database.close();
        }
    }
}
