/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Writers in a closed loop: each appends, waits until that is on disk, and appends again. */
final class AppendLoad {

    private final DurableAppends appends;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean measuring;
    private volatile boolean stopped;

    AppendLoad(DurableAppends appends) {
        this.appends = appends;
    }

    /** What a load brought. The CPU time is that of the whole process, the writers and the compiler among it. */
    record Result(double perSecond, double p50Micros, double p99Micros, double cpuMicros) {}

    Result run(int writers, double warmUpSeconds, double seconds) throws Exception {
        List<Samples> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            Samples samples = new Samples();
            Thread thread = new Thread(() -> write(writer, samples), "bench-writer-" + i);
            thread.setDaemon(true);
            thread.start();
            all.add(samples);
            threads.add(thread);
        }
        pause(warmUpSeconds);
        long cpuBefore = cpuNanos();
        long begun = System.nanoTime();
        measuring = true;
        pause(seconds);
        measuring = false;
        double taken = (System.nanoTime() - begun) / 1e9;
        double cpu = (cpuNanos() - cpuBefore) / 1e3;
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        Samples merged = new Samples();
        all.forEach(merged::addAll);
        return new Result(merged.count() / taken, merged.percentile(50), merged.percentile(99), cpu / merged.count());
    }

    private void write(int writer, Samples samples) {
        try {
            while (!stopped) {
                long begun = System.nanoTime();
                appends.append(writer);
                if (measuring) {
                    samples.add((System.nanoTime() - begun) / 1e3);
                }
            }
        } catch (Exception e) {
            failure.compareAndSet(null, e);
            stopped = true;
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private static void pause(double seconds) throws InterruptedException {
        Thread.sleep((long) (seconds * 1000));
    }
}
