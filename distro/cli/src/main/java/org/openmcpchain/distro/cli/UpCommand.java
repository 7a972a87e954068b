/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a host that goes on when the terminal is closed. */
@Command(
        name = "up",
        description = "Starts a host on loopback with a development chain; builds what is not built.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Option(
            names = "--port",
            defaultValue = "8181",
            paramLabel = "PORT",
            description = "The HTTP port; another free one is taken when it is in use (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--ssh-port",
            defaultValue = "8101",
            paramLabel = "PORT",
            description = "The console's SSH port, likewise (default: ${DEFAULT-VALUE}).")
    private int sshPort;

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Checkout checkout = Checkout.here();
        HostHome host = home.of(checkout);
        Terminal terminal = new Terminal(new PrintWriter(json ? System.err : System.out, true));
        Optional<HostHome.Running> before = host.running();
        HostHome.Running running =
                before.orElseGet(() -> new HostProcess(checkout, host, terminal).start(httpPort, sshPort));
        String key = takeAdminKey(host);
        if (key != null) {
            HostClient client = new HostClient(running.url(), key);
            terminal.await("getting ready", Duration.ofSeconds(60), client::ready);
            TrustedKeys.keep(client, host.trustedKeys());
        }
        if (json) {
            report(running, key);
        } else {
            tell(terminal, checkout, host, running, key, before.isPresent());
        }
        return 0;
    }

    /** The first key of a fresh host: shown once, then only its hash remains. */
    static String takeAdminKey(HostHome host) throws IOException {
        if (!Files.isRegularFile(host.adminKey())) {
            return null;
        }
        String key = Files.readString(host.adminKey()).trim();
        Files.delete(host.adminKey());
        return key;
    }

    private static void tell(
            Terminal terminal,
            Checkout checkout,
            HostHome host,
            HostHome.Running running,
            String key,
            boolean wasRunning) {
        terminal.title(wasRunning ? "The host is running already" : "The host is running");
        terminal.fact("API", running.url());
        terminal.fact("API document", running.url() + "/openapi.json");
        terminal.fact("console", "ssh port " + running.sshPort() + " (docs/guide/operating.md says how to get in)");
        terminal.fact("home", checkout.shown(host.folder()));
        if (key != null) {
            terminal.title("Your admin API key. It is shown only this once:");
            terminal.line("  " + key);
        }
        terminal.title("Next");
        terminal.line("  ./openmcp status      ./openmcp logs -f      ./openmcp down");
    }

    private static void report(HostHome.Running running, String key) {
        ObjectNode node = HostClient.JSON
                .createObjectNode()
                .put("status", "up")
                .put("pid", running.process().pid())
                .put("url", running.url())
                .put("sshPort", running.sshPort());
        if (key != null) {
            node.put("adminKey", key);
        }
        System.out.println(node);
    }
}
