/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Approval;

/** {@code approval:reject}. */
@Service
@Command(
        scope = "approval",
        name = "reject",
        description = "Says no to an approval",
        detailedDescription = "One no is enough: the run ends with the reason.\n\n"
                + "    approval:reject 0199... 'not this contract'")
public final class ApprovalReject extends ApprovalCommand {

    @Argument(
            index = 1,
            name = "reason",
            description = "Why, at most 1,000 characters; it goes into the journal",
            required = true,
            multiValued = true)
    List<String> reason;

    @Override
    void run(Screen screen) {
        String why = Input.text("reason", String.join(" ", reason), MAX_COMMENT);
        if (why.isBlank()) {
            throw Input.invalid("reason", "required");
        }
        Approval approval = approvals().reject(found().id(), principal(), why);
        screen.line(approval.id() + "  " + approval.state(), ApprovalView.of(approval));
    }
}
