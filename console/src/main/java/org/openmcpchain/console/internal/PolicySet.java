/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Policies;
import org.openmcpchain.policy.PolicyDocument;

/** {@code policy:set}. */
@Service
@Command(
        scope = "policy",
        name = "set",
        description = "Puts a policy in force",
        detailedDescription =
                "The very next intent is judged by it. A draft that is not fit is refused, and the last good policy stays."
                        + " With --expect it is refused as well when somebody else has changed the policy meanwhile.\n\n"
                        + "    policy:set --expect 3 etc/policy.yaml")
public final class PolicySet extends DraftCommand {

    @Option(name = "--expect", description = "The version that the draft was made from; the one in force when absent")
    Long expect;

    @Override
    void run(Screen screen) {
        Policies present = policies();
        long from = expect == null ? present.current().version() : Input.position("expect", expect);
        PolicyDocument document = present.update(from, text(), principal());
        screen.line("in force: " + document.label(), Json.of(document));
    }
}
