/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** One row of a comparison: a kind of durable append under a number of writers, measured several times. */
final class WriterSeries {

    private static final double WARM_UP_SECONDS = 2;

    private final String name;
    private final int writers;
    private final Opening opening;
    private final Samples rate = new Samples();
    private final Samples p50 = new Samples();
    private final Samples p99 = new Samples();
    private final Samples cpu = new Samples();

    /** Opens what is measured in a fresh directory. */
    interface Opening {
        DurableAppends in(Path directory) throws Exception;
    }

    WriterSeries(String name, int writers, Opening opening) {
        this.name = name;
        this.writers = writers;
        this.opening = opening;
    }

    /** Once without counting, so that what is compiled at first is compiled. */
    void warmUp() throws Exception {
        System.err.println("  warming up: " + name + ", " + writers);
        run(WARM_UP_SECONDS);
    }

    void measure(double seconds) throws Exception {
        AppendLoad.Result result = run(seconds);
        rate.add(result.perSecond());
        p50.add(result.p50Micros());
        p99.add(result.p99Micros());
        cpu.add(result.cpuMicros());
    }

    private AppendLoad.Result run(double seconds) throws Exception {
        Path directory = BenchHost.root().resolve("var/bench/writers");
        BenchHost.wipe(directory);
        Files.createDirectories(directory);
        try (DurableAppends appends = opening.in(directory)) {
            return new AppendLoad(appends).run(writers, WARM_UP_SECONDS, seconds);
        }
    }

    String name() {
        return name;
    }

    int writers() {
        return writers;
    }

    Samples rate() {
        return rate;
    }

    Samples p50() {
        return p50;
    }

    Samples p99() {
        return p99;
    }

    Samples cpu() {
        return cpu;
    }
}
