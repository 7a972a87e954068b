/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the host warns of while a test runs; the classes that are heard stand in {@code simplelogger.properties}. */
final class Warnings implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Warnings() {
        System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
    }

    /** The lines that say this. */
    List<String> with(String words) {
        return heard.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("WARN") && line.contains(words))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
