/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Approval;

/** {@code approval:show}. */
@Service
@Command(
        scope = "approval",
        name = "show",
        description = "Shows an approval",
        detailedDescription = "The decoded intent in plain words; with --json everything that is known of it.")
public final class ApprovalShow extends ApprovalCommand {

    @Override
    void run(Screen screen) {
        Approval approval = found();
        screen.told(ApprovalView.of(approval), () -> ApprovalView.tell(approval, screen));
    }
}
