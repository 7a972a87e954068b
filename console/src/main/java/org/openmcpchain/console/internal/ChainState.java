/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code chain:status}. */
@Service
@Command(
        scope = "chain",
        name = "status",
        description = "Asks networks whether they answer",
        detailedDescription = "Takes a few seconds when a node is silent.")
public final class ChainState extends ChainCommand {

    @Argument(index = 0, name = "network", description = "CAIP-2 name, for example eip155:31337; all when absent")
    @Completion(ChainIds.class)
    String network;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                chains(network).map(chain -> View.of(chain.network(), chain.status())),
                "No network is configured.",
                "id",
                "name",
                "reachable",
                "blockNumber",
                "detail"));
    }
}
