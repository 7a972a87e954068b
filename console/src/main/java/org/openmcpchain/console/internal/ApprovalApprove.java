/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Approval;

/** {@code approval:approve}. */
@Service
@Command(
        scope = "approval",
        name = "approve",
        description = "Says yes to an approval",
        detailedDescription =
                "Shows what it is about in plain words first, and asks, unless --yes is given. What is approved is what was"
                        + " shown and nothing else. The run goes on once enough people have said yes.\n\n"
                        + "    approval:approve --comment \"as agreed\" 0199...")
public final class ApprovalApprove extends ApprovalCommand {

    @Option(name = "--comment", description = "At most 1,000 characters; it goes into the journal")
    String comment = "";

    @Option(name = "--yes", description = "Does not ask")
    boolean yes;

    @Option(name = "--intent-hash", description = "The hash that was read elsewhere; another intent is refused")
    String intentHash;

    @Override
    void run(Screen screen) {
        String said = Input.text("comment", comment, MAX_COMMENT);
        Approval shown = found();
        ApprovalView.tell(shown, screen);
        if (!yes && !Question.saysYes(session, "Approve this?", "yes")) {
            screen.line(
                    "not approved",
                    Json.object()
                            .put("id", shown.id())
                            .put("state", shown.state().name()));
            return;
        }
        Approval approval = approvals()
                .approve(shown.id(), principal(), intentHash == null ? shown.intentHash() : intentHash, said);
        long votes = approval.votes().stream().filter(Approval.Vote::approves).count();
        screen.line(
                approval.id() + "  " + approval.state() + "  " + votes + " of " + approval.required(),
                ApprovalView.of(approval));
    }
}
