/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the host's log. */
@Command(name = "logs", description = "Shows the host's log.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "50",
            description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing what is added, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checkout checkout = Checkout.here();
        HostHome host = home.of(checkout);
        Path log = Files.isRegularFile(host.log()) ? host.log() : host.consoleLog();
        if (!Files.isRegularFile(log)) {
            throw new CliException("there is no log yet", "Run ./openmcp up");
        }
        Deque<String> tail = new ArrayDeque<>();
        try (Stream<String> all = Files.lines(log)) {
            all.forEach(line -> {
                tail.addLast(line);
                if (tail.size() > Math.max(0, lines)) {
                    tail.removeFirst();
                }
            });
        }
        tail.forEach(System.out::println);
        if (follow) {
            new ProcessBuilder("tail", "-n", "0", "-F", log.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        }
        return 0;
    }
}
