/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** The child of the kill test: appends and says what was acknowledged, until somebody kills it. */
public final class AppendUntilKilled {

    private AppendUntilKilled() {}

    /** @param args the candidate, its directory, the sequence number to begin with, a seed for the sizes of batches */
    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[3]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        try (Appender appender = Candidate.named(args[0]).open(Path.of(args[1]))) {
            long next = Long.parseLong(args[2]);
            while (true) {
                int count = 1 + random.nextInt(8);
                appender.append(Entries.entries(Entries.STREAM, next, count));
                next += count;
                out.println(next - 1);
            }
        }
    }
}
