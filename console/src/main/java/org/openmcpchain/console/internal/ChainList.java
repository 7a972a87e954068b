/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code chain:list}. */
@Service
@Command(
        scope = "chain",
        name = "list",
        description = "Lists the networks",
        detailedDescription =
                "With --json also the assets and the address books. chain:status asks whether they answer.")
public final class ChainList extends ChainCommand {

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                chains(null).map(chain -> View.of(chain.network())),
                "No network is configured.",
                "id",
                "name",
                "coin",
                "confirmations"));
    }
}
