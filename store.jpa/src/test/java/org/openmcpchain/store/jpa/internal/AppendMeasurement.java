/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.openmcpchain.journal.JournalEntry;

/**
 * Durable appends per second: N writers, each waiting for its own acknowledgement, in front of one thread that drains the
 * queue, commits one transaction for all and acknowledges each.
 *
 * <pre>java -cp … org.openmcpchain.store.jpa.internal.AppendMeasurement store-jpa 64 10</pre>
 *
 * prints one line of {@code key=value} pairs; times are microseconds.
 */
public final class AppendMeasurement {

    private static final int MAX_BATCH = 1000;
    private static final long WARM_UP_SECONDS = 4;

    private final Appender appender;
    private final BlockingQueue<Ticket> queue = new LinkedBlockingQueue<>();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean measuring;
    private volatile boolean stopped;
    private long lastSeq;

    private AppendMeasurement(Appender appender) {
        this.appender = appender;
    }

    /** @param args the candidate, how many writers, how many seconds */
    public static void main(String[] args) throws Exception {
        int writers = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        Path directory = Files.createTempDirectory("openmcp-append");
        try (Appender appender = Candidate.named(args[0]).open(directory)) {
            Result result = new AppendMeasurement(appender).run(writers, seconds);
            System.out.printf(
                    "candidate=%s writers=%d seconds=%d appends_per_s=%.0f best_half_second_per_s=%.0f p50_us=%.0f p99_us=%.0f commits=%d"
                            + " cpu_us_per_append=%.1f all_commits=%d entries=%d disk_bytes=%d%n",
                    args[0],
                    writers,
                    seconds,
                    result.latencies.length / result.elapsed,
                    result.best,
                    result.percentile(0.50),
                    result.percentile(0.99),
                    result.commits,
                    result.cpuNanos / 1e3 / result.latencies.length,
                    result.allCommits,
                    result.entries,
                    size(directory));
        }
    }

    private Result run(int writers, int seconds) throws InterruptedException {
        Thread committer = new Thread(this::commitAll, "committer");
        committer.start();
        List<Writer> all = Stream.generate(Writer::new).limit(writers).toList();
        all.forEach(Thread::start);
        Thread.sleep(WARM_UP_SECONDS * 1000);
        long commitsBefore = commits.get();
        long cpuBefore = cpu(committer);
        long began = System.nanoTime();
        measuring = true;
        double best = bestWindow(seconds);
        measuring = false;
        double elapsed = (System.nanoTime() - began) / 1e9;
        long commitsAfter = commits.get();
        long cpuAfter = cpu(committer);
        stopped = true;
        for (Writer writer : all) {
            writer.join();
        }
        committer.interrupt();
        committer.join();
        long[] latencies =
                all.stream().flatMapToLong(Writer::latencies).sorted().toArray();
        return new Result(
                latencies, elapsed, best, commitsAfter - commitsBefore, cpuAfter - cpuBefore, commits.get(), lastSeq);
    }

    /** The highest rate that half a second reached: on a machine with other work, what comes closest to a quiet one. */
    private double bestWindow(int seconds) throws InterruptedException {
        double best = 0;
        long last = acknowledged.get();
        long lastTime = System.nanoTime();
        for (int window = 0; window < seconds * 2; window++) {
            Thread.sleep(500);
            long now = acknowledged.get();
            long time = System.nanoTime();
            best = Math.max(best, (now - last) * 1e9 / (time - lastTime));
            last = now;
            lastTime = time;
        }
        return best;
    }

    private static long cpu(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    private void commitAll() {
        List<Ticket> batch = new ArrayList<>();
        List<JournalEntry> entries = new ArrayList<>();
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                entries.addAll(Entries.entries(Entries.STREAM, lastSeq + 1, batch.size()));
                lastSeq += batch.size();
                appender.append(entries);
                commits.incrementAndGet();
                acknowledged.addAndGet(batch.size());
                batch.forEach(Ticket::acknowledge);
                batch.clear();
                entries.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long size(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private record Result(
            long[] latencies, double elapsed, double best, long commits, long cpuNanos, long allCommits, long entries) {

        double percentile(double part) {
            return latencies[(int) Math.min(latencies.length - 1L, Math.round(latencies.length * part))] / 1000.0;
        }
    }

    private static final class Ticket {

        private final Thread owner;
        private volatile boolean done;

        Ticket(Thread owner) {
            this.owner = owner;
        }

        void acknowledge() {
            done = true;
            LockSupport.unpark(owner);
        }

        void await() {
            while (!done) {
                LockSupport.park(this);
            }
        }
    }

    private final class Writer extends Thread {

        private long[] latencies = new long[1 << 16];
        private int measured;

        @Override
        public void run() {
            while (!stopped) {
                Ticket ticket = new Ticket(this);
                long began = System.nanoTime();
                queue.add(ticket);
                ticket.await();
                if (measuring) {
                    note(System.nanoTime() - began);
                }
            }
        }

        private void note(long nanos) {
            if (measured == latencies.length) {
                latencies = Arrays.copyOf(latencies, measured * 2);
            }
            latencies[measured++] = nanos;
        }

        LongStream latencies() {
            return Arrays.stream(latencies, 0, measured);
        }
    }
}
