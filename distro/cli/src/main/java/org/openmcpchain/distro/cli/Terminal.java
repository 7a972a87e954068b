/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Writes for people: steps, facts and failures; with colour and a moving clock only where somebody looks. */
final class Terminal {

    private static final boolean INTERACTIVE = System.console() != null && System.getenv("NO_COLOR") == null;

    private final PrintWriter out;

    Terminal(PrintWriter out) {
        this.out = out;
    }

    static Terminal standard() {
        return new Terminal(new PrintWriter(System.out, true));
    }

    void title(String text) {
        line("");
        line(bold(text));
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** @param value may come from strangers: nothing in it steers the terminal */
    void fact(String name, String value) {
        line(String.format("  %-12s %s", name, Plain.line(value)));
    }

    void failure(String message, String remedy) {
        line((INTERACTIVE ? "\033[31mfailed:\033[0m " : "failed: ") + Plain.line(message));
        line("  " + Plain.line(remedy) + ".");
    }

    /**
     * Shows how long something takes until it is done.
     *
     * @return how long it took, or null when the limit passed first
     */
    Duration await(String what, Duration limit, BooleanSupplier done) {
        long begun = System.nanoTime();
        long shown = -1;
        while (true) {
            boolean finished = done.getAsBoolean();
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            if (finished || taken.compareTo(limit) > 0) {
                clear();
                return finished ? taken : null;
            }
            if (INTERACTIVE) {
                out.print("\r  " + what + " … " + taken.toSeconds() + " s ");
                out.flush();
            } else if (taken.toSeconds() / 10 > shown) {
                shown = taken.toSeconds() / 10;
                line("  " + what + " … " + taken.toSeconds() + " s");
            }
            pause();
        }
    }

    static String seconds(Duration duration) {
        return String.format("%d.%d s", duration.toSeconds(), duration.toMillisPart() / 100);
    }

    private void clear() {
        if (INTERACTIVE) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    private static String bold(String text) {
        return INTERACTIVE ? "\033[1m" + text + "\033[0m" : text;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", "Run ./openmcp status to see what is running");
        }
    }
}
