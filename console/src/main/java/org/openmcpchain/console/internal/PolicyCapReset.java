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
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Ledgers;

/** {@code policy:cap-reset}. */
@Service
@Command(
        scope = "policy",
        name = "cap-reset",
        description = "Resets a fuse that a budget has blown",
        detailedDescription = "What was spent stays spent; the journal names who has reset it.")
public final class PolicyCapReset extends ConsoleCommand {

    @Reference(optional = true)
    Ledgers ledgers;

    @Argument(index = 0, name = "id", description = "The id of the cap", required = true)
    @Completion(CapIds.class)
    String id;

    @Override
    void run(Screen screen) {
        CapUsage usage = present(ledgers, "ledgers").reset(id, principal());
        screen.line("reset " + usage.cap() + "  " + usage.holder(), Json.of(usage));
    }
}
