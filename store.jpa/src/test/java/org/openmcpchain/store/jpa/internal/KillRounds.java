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
import org.openmcpchain.journal.JournalEntry;

/**
 * Kills a process that appends, at a random moment, and looks at what it left. Run it for as long as you like:
 *
 * <pre>java -cp … org.openmcpchain.store.jpa.internal.KillRounds 200</pre>
 */
public final class KillRounds {

    private final Path directory;
    private final Random random;
    private long acknowledged;

    KillRounds(Path directory, long seed) {
        this.directory = directory;
        this.random = new Random(seed);
    }

    /** @param args how many rounds; a seed, to repeat what was seen */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 50;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        Path directory = Files.createTempDirectory("openmcp-kill");
        KillRounds kills = new KillRounds(directory, seed);
        long lost = 0;
        for (int round = 1; round <= rounds; round++) {
            Round result = kills.round();
            lost += result.lost();
            System.out.printf("round %d: %s%n", round, result);
        }
        System.out.printf("rounds=%d acknowledged=%d lost=%d seed=%d%n", rounds, kills.acknowledged, lost, seed);
    }

    /**
     * What one kill left behind.
     *
     * @param acknowledged the last sequence number that the child reported
     * @param found the last sequence number in the journal
     * @param gaps how many numbers are missing before that
     */
    record Round(long acknowledged, long found, long gaps) {

        long lost() {
            return Math.max(0, acknowledged - found) + gaps;
        }
    }

    /** One round on the same database, which goes on where the last one was cut off. */
    Round round() throws Exception {
        long before = count();
        long last = killAfter(before + 1, 20 + random.nextInt(600));
        acknowledged = Math.max(acknowledged, last);
        try (OpenStore open = OpenStore.h2(directory)) {
            long found = head(open);
            return new Round(last, found, found - count(open, found));
        }
    }

    private long killAfter(long first, int acks) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendUntilKilled.class.getName(),
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
                if (++seen == acks) {
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

    private long count() throws Exception {
        try (OpenStore open = OpenStore.h2(directory)) {
            return head(open);
        }
    }

    private static long head(OpenStore open) {
        return open.store()
                .head(AppendUntilKilled.STREAM)
                .map(JournalEntry::seq)
                .orElse(0L);
    }

    private static long count(OpenStore open, long upTo) {
        long after = 0;
        long seen = 0;
        while (after < upTo) {
            var part = open.store().entries(AppendUntilKilled.STREAM, after, 1000);
            if (part.isEmpty()) {
                break;
            }
            seen += part.size();
            after = part.get(part.size() - 1).seq();
        }
        return seen;
    }
}
