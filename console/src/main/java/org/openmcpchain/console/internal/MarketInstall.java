/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.market.InstallRequest;
import org.openmcpchain.market.Marketplace;

/** {@code market:install}. */
@Service
@Command(
        scope = "market",
        name = "install",
        description = "Installs a bundle while the host runs",
        detailedDescription = "Answers when the bundle works, or when the host is as it was. A bundle that asks for"
                + " permissions is refused without --grant; market:info shows what it asks for.\n\n"
                + "    market:install --grant org.openmcpchain.tool.dex")
public final class MarketInstall extends ConsoleCommand {

    private static final int MAX_VERSION = 64;

    @Reference(optional = true)
    Marketplace marketplace;

    @Argument(index = 0, name = "id", description = "The marketplace id", required = true)
    @Completion(ListingIds.class)
    String id;

    @Option(name = "--version", description = "The exact version; the newest when absent")
    String version;

    @Option(name = "--grant", description = "Grants the permissions that the listing asks for")
    boolean grant;

    @Override
    void run(Screen screen) {
        screen.show(Json.of(present(marketplace, "marketplace")
                .install(new InstallRequest(
                        id, Optional.ofNullable(Input.text("version", version, MAX_VERSION)), grant, principal()))));
    }
}
