/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.market.Marketplace;

/** {@code market:search}. */
@Service
@Command(
        scope = "market",
        name = "search",
        description = "Searches the marketplace",
        detailedDescription =
                "Lists what holds all of the words in its id, title or summary; everything without words.")
public final class MarketSearch extends ConsoleCommand {

    private static final int MAX_TEXT = 200;

    @Reference(optional = true)
    Marketplace marketplace;

    @Argument(index = 0, name = "words", description = "Words to look for", multiValued = true)
    List<String> words = List.of();

    @Override
    void run(Screen screen) {
        String query = Input.text("words", String.join(" ", words), MAX_TEXT);
        screen.list(Rows.of(
                present(marketplace, "marketplace").listings(query).stream().map(Json::of),
                "Nothing found.",
                "id",
                "version",
                "kind",
                "installed",
                "summary"));
    }
}
