/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which host is meant. */
final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The folder that belongs to the host (default: var/host of the checkout).")
    private Path home;

    HostHome of(Checkout checkout) {
        return new HostHome(home == null ? checkout.home("host") : home);
    }
}
