/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approvals;

/** A command about one approval. */
abstract class ApprovalCommand extends ConsoleCommand {

    static final int MAX_COMMENT = 1000;

    @Reference(optional = true)
    Approvals approvals;

    @Argument(index = 0, name = "id", description = "The id of the approval", required = true)
    @Completion(ApprovalIds.class)
    String id;

    final Approvals approvals() {
        return present(approvals, "approvals");
    }

    final Approval found() {
        return approvals().find(id).orElseThrow(() -> HostException.of(PolicyError.APPROVAL_UNKNOWN, "id", id));
    }
}
