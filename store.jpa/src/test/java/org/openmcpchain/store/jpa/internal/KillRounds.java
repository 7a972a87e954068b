/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process that appends, at a random moment, and looks at what it left. Run it for as long as you like:
 *
 * <pre>java -cp … org.openmcpchain.store.jpa.internal.KillRounds store-jpa 200</pre>
 */
public final class KillRounds {

    private final Candidate candidate;
    private final Path directory;
    private final Random random;

    KillRounds(Candidate candidate, Path directory, long seed) {
        this.candidate = candidate;
        this.directory = directory;
        this.random = new Random(seed);
    }

    /** @param args the candidate; how many rounds; a seed, to repeat what was seen */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 50;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
        long acknowledged = 0;
        long lost = 0;
        KillRounds kills = new KillRounds(Candidate.named(args[0]), Files.createTempDirectory("openmcp-kill"), seed);
        for (int round = 1; round <= rounds; round++) {
            Round result = kills.round();
            acknowledged += result.acknowledged() - result.first() + 1;
            lost += result.lost();
            System.out.printf("round %d: %s%n", round, result);
        }
        System.out.printf(
                "candidate=%s rounds=%d acknowledged=%d lost=%d seed=%d%n", args[0], rounds, acknowledged, lost, seed);
    }

    /**
     * What one kill left behind.
     *
     * @param first the first sequence number of the round
     * @param acknowledged the last sequence number that the child reported
     * @param found the last sequence number in the journal
     * @param gaps how many numbers are missing before that
     */
    record Round(long first, long acknowledged, long found, long gaps) {

        long lost() {
            return Math.max(0, acknowledged - found) + gaps;
        }
    }

    /** One round on the same database, which goes on where the last one was cut off. */
    Round round() throws Exception {
        long first;
        try (Appender appender = candidate.open(directory)) {
            first = appender.head() + 1;
        }
        long acknowledged = killAfter(first, 20 + random.nextInt(600));
        try (Appender appender = candidate.open(directory)) {
            long found = appender.head();
            return new Round(first, acknowledged, found, found - appender.count());
        }
    }

    private long killAfter(long first, int acknowledgements) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendUntilKilled.class.getName(),
                        candidate.name(),
                        directory.toString(),
                        Long.toString(first),
                        Long.toString(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            long last = 0;
            int seen = 0;
            // What is in the pipe when the child dies was acknowledged before: it is read to its end.
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = Long.parseLong(line);
                if (++seen == acknowledgements) {
                    // By its handle: Process.destroyForcibly() would close the pipe as well.
                    child.toHandle().destroyForcibly();
                }
            }
            if (last == 0) {
                throw new IllegalStateException("the child acknowledged nothing; exit " + child.waitFor());
            }
            return last;
        } finally {
            child.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }
}
