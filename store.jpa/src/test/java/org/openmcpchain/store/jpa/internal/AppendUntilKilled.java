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

    static final String STREAM = "run/killed";

    private AppendUntilKilled() {}

    /**
     * @param args the directory of the database, the sequence number to begin with, a seed for the sizes of batches
     */
    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[2]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        try (OpenStore open = OpenStore.h2(Path.of(args[0]))) {
            long next = Long.parseLong(args[1]);
            while (true) {
                int count = 1 + random.nextInt(8);
                open.store().commit(Entries.appends(STREAM, next, count));
                next += count;
                out.println(next - 1);
            }
        }
    }
}
