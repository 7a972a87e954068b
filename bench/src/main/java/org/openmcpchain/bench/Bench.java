/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The entry of {@code ./openmcp bench}. */
public final class Bench {

    private static final List<Benchmark> ALL = List.of(
            new BootBenchmark(),
            new InstallBenchmark(),
            new RestBenchmark(),
            new CrashBenchmark(),
            new ApprovalBenchmark(),
            new JournalBenchmark(),
            new StepBenchmark(),
            new RecoveryBenchmark(),
            new GateBenchmark(),
            new AgentBenchmark());

    private Bench() {}

    /** Lists the benchmarks, or runs the named one. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0 || arguments[0].startsWith("-")) {
            System.out.println("Usage: ./openmcp bench NAME [ARGUMENT...]\n");
            ALL.forEach(benchmark -> System.out.printf("  %-10s %s%n", benchmark.name(), benchmark.summary()));
            return;
        }
        Optional<Benchmark> wanted =
                ALL.stream().filter(one -> one.name().equals(arguments[0])).findFirst();
        if (wanted.isEmpty()) {
            System.err.println(
                    "failed: there is no benchmark " + arguments[0] + "\n  Run ./openmcp bench for the list.");
            System.exit(2);
        }
        System.err.println(wanted.get().summary());
        Report report = wanted.get().run(List.of(arguments).subList(1, arguments.length));
        System.out.println("\n" + machine() + "\n");
        System.out.println(report.text());
        System.exit(0);
    }

    /** The machine and the day, for the table's caption. */
    static String machine() {
        return LocalDate.now() + ", " + cpu() + ", " + Runtime.getRuntime().availableProcessors() + " cores, Java "
                + System.getProperty("java.version") + ", load " + load();
    }

    private static String cpu() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (java.io.IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String load() {
        return Report.number(java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                .getSystemLoadAverage());
    }
}
