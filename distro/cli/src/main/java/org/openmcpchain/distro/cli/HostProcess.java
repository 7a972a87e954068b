/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts and ends a host, by its own handle. */
final class HostProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final Checkout checkout;
    private final HostHome home;
    private final Terminal terminal;

    HostProcess(Checkout checkout, HostHome home, Terminal terminal) {
        this.checkout = checkout;
        this.home = home;
        this.terminal = terminal;
    }

    /** Starts a host and returns when it answers. */
    HostHome.Running start(int wantedHttpPort, int wantedSshPort) {
        try {
            Files.createDirectories(home.folder());
            int http = free(wantedHttpPort);
            int ssh = free(wantedSshPort);
            Process process = builder(http, ssh).start();
            HostHome.Running running = home.wrote(process.toHandle(), http, ssh);
            awaitLife(running);
            return running;
        } catch (IOException e) {
            throw new CliException(
                    "the host cannot be started: " + e.getMessage(), "Look at " + checkout.shown(home.consoleLog()));
        }
    }

    /** Ends a host: asks first, insists after a while. */
    Duration stop(HostHome.Running running) {
        running.process().destroy();
        Duration taken =
                terminal.await("stopping", STOP_LIMIT, () -> !running.process().isAlive());
        if (taken == null) {
            terminal.line("  it does not stop by itself; ending it");
            running.process().destroyForcibly();
            taken = terminal.await(
                    "ending", Duration.ofSeconds(10), () -> !running.process().isAlive());
        }
        home.forget();
        return taken == null ? STOP_LIMIT : taken;
    }

    private ProcessBuilder builder(int http, int ssh) throws IOException {
        Path distribution = checkout.distribution();
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // A session of its own, so that Ctrl-C in this terminal does not end the host.
            command.add("/usr/bin/setsid");
        }
        command.add(distribution.resolve("bin/karaf").toString());
        command.add("server");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.consoleLog().toFile());
        Map<String, String> environment = builder.environment();
        environment.put("KARAF_EXEC", "exec");
        environment.put("KARAF_DATA", home.data().toString());
        environment.put("OPENMCP_HTTP_PORT", Integer.toString(http));
        environment.put("OPENMCP_SSH_PORT", Integer.toString(ssh));
        environment.put("OPENMCP_CACHE", checkout.cache().toString());
        return builder;
    }

    private void awaitLife(HostHome.Running running) {
        HostClient client = new HostClient(running.url(), null);
        Duration taken =
                terminal.await("booting", START_LIMIT, () -> !running.process().isAlive() || client.lives());
        if (!running.process().isAlive()) {
            home.forget();
            throw new CliException(
                    "the host ended while it booted",
                    "Look at " + checkout.shown(home.consoleLog()) + " and " + checkout.shown(home.log()));
        }
        if (taken == null) {
            stop(running);
            throw new CliException(
                    "the host did not answer within " + START_LIMIT.toSeconds() + " s",
                    "Look at " + checkout.shown(home.log()));
        }
        terminal.fact("booted", "in " + Terminal.seconds(taken));
    }

    /** The wanted port when it is free, otherwise any free one. */
    private static int free(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }
}
