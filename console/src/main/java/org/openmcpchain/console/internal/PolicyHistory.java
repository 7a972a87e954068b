/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Policies;

/** {@code policy:history}. */
@Service
@Command(
        scope = "policy",
        name = "history",
        description = "Lists the versions of the policy",
        detailedDescription = "The newest first. policy:show prints one of them.")
public final class PolicyHistory extends ConsoleCommand {

    @Reference(optional = true)
    Policies policies;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(policies, "policies").history().stream().map(Json::of),
                "No versions.",
                "version",
                "at",
                "label",
                "principal"));
    }
}
