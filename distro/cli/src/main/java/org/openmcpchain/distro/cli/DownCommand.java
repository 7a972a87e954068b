/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a host. */
@Command(
        name = "down",
        description = "Stops the host; unfinished tasks go on at the next start.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Override
    public Integer call() {
        Checkout checkout = Checkout.here();
        HostHome host = home.of(checkout);
        Terminal terminal = Terminal.standard();
        Optional<HostHome.Running> running = host.running();
        if (running.isEmpty()) {
            host.forget();
            terminal.line("No host is running here.");
            return 0;
        }
        Duration taken = new HostProcess(checkout, host, terminal).stop(running.get());
        terminal.line("The host has stopped (" + Terminal.seconds(taken) + ").");
        return 0;
    }
}
