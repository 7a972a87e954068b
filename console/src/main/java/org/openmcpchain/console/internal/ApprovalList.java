/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Set;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approvals;

/** {@code approval:list}. */
@Service
@Command(
        scope = "approval",
        name = "list",
        description = "Lists approvals",
        detailedDescription =
                "Those that wait for an answer, the newest first, unless --state or --all says otherwise.\n\n"
                        + "    approval:list --state USED,REJECTED")
public final class ApprovalList extends ConsoleCommand {

    @Reference(optional = true)
    Approvals approvals;

    @Option(name = "--state", description = "Only approvals in these states, separated by commas")
    @Completion(ApprovalStates.class)
    String state = Approval.State.PENDING.name();

    @Option(name = "--all", description = "Approvals in every state")
    boolean all;

    @Option(name = "--offset", description = "How many to leave out")
    int offset;

    @Option(name = "--limit", description = "How many at most, 1 to 200")
    int limit = 20;

    @Override
    void run(Screen screen) {
        Set<Approval.State> states = all ? Set.of() : Input.words(Approval.State.class, "state", state);
        screen.page(
                present(approvals, "approvals")
                        .list(
                                states,
                                Input.number("offset", offset, 0, Integer.MAX_VALUE),
                                Input.number("limit", limit, 1, 200)),
                ApprovalView::of,
                "No approvals.",
                "id",
                "state",
                "expiresAt",
                "rule",
                "summary");
    }
}
