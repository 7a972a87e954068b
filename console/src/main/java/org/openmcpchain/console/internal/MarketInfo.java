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
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.market.Marketplace;

/** {@code market:info}. */
@Service
@Command(
        scope = "market",
        name = "info",
        description = "Shows the newest version of a listing",
        detailedDescription =
                "Publisher, licence, digest, and the permissions that market:install --grant would allow it.")
public final class MarketInfo extends ConsoleCommand {

    @Reference(optional = true)
    Marketplace marketplace;

    @Argument(index = 0, name = "id", description = "The marketplace id", required = true)
    @Completion(ListingIds.class)
    String id;

    @Override
    void run(Screen screen) {
        screen.show(Json.of(present(marketplace, "marketplace")
                .listing(id)
                .orElseThrow(() -> HostException.of(MarketError.LISTING_UNKNOWN, "id", id))));
    }
}
