/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.market.Marketplace;

/** {@code market:installed}. */
@Service
@Command(
        scope = "market",
        name = "installed",
        description = "Lists what is installed from the marketplace",
        detailedDescription =
                "With the state of each bundle, who installed it, and what it was allowed. Answers without the"
                        + " catalogue.")
public final class MarketInstalled extends ConsoleCommand {

    @Reference(optional = true)
    Marketplace marketplace;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(marketplace, "marketplace").installed().stream().map(Json::of),
                "Nothing is installed from the marketplace.",
                "bundle/symbolicName",
                "bundle/version",
                "state",
                "installedAt",
                "installedBy",
                "permissions"));
    }
}
