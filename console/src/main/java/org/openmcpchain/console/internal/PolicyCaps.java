/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Ledgers;

/** {@code policy:caps}. */
@Service
@Command(
        scope = "policy",
        name = "caps",
        description = "Lists the caps with their use now",
        detailedDescription =
                "Amounts are in base units of the unit that is named. A blown fuse stays until policy:cap-reset.")
public final class PolicyCaps extends ConsoleCommand {

    @Reference(optional = true)
    Ledgers ledgers;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(ledgers, "ledgers").usage().stream().map(Json::of),
                "The policy has no caps.",
                "cap",
                "holder",
                "limit",
                "reserved",
                "settled",
                "blown",
                "windowEnds",
                "unit"));
    }
}
