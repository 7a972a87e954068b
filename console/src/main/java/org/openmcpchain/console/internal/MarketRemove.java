/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.market.Marketplace;

/** {@code market:remove}. */
@Service
@Command(
        scope = "market",
        name = "remove",
        description = "Removes a bundle while the host runs",
        detailedDescription =
                "Withdraws its permissions first. Only what was installed from the marketplace can be removed.")
public final class MarketRemove extends ConsoleCommand {

    @Reference(optional = true)
    Marketplace marketplace;

    @Argument(index = 0, name = "id", description = "The marketplace id", required = true)
    @Completion(InstalledIds.class)
    String id;

    @Override
    void run(Screen screen) {
        present(marketplace, "marketplace").remove(id, principal());
        screen.line("removed " + id, Json.object().put("removed", id));
    }
}
