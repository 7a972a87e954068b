/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Policies;
import org.openmcpchain.policy.PolicyDocument;

/** {@code policy:show}. */
@Service
@Command(
        scope = "policy",
        name = "show",
        description = "Shows the policy",
        detailedDescription = "The one in force, or an earlier version.")
public final class PolicyShow extends ConsoleCommand {

    @Reference(optional = true)
    Policies policies;

    @Argument(index = 0, name = "version", description = "The number of a version; the one in force when absent")
    Long version;

    @Override
    void run(Screen screen) {
        Policies present = present(policies, "policies");
        PolicyDocument document = version == null
                ? present.current()
                : present.version(version).orElseThrow(() -> Input.invalid("version", "one of policy:history"));
        screen.told(Json.of(document), () -> {
            screen.note("# version " + document.label() + ", by " + document.principal() + " at " + document.at());
            document.text().lines().forEach(screen::note);
        });
    }
}
