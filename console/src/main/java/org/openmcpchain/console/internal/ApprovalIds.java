/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approvals;

/** Ids of the approvals that wait for an answer. */
@Service
public final class ApprovalIds extends Candidates {

    @Reference(optional = true)
    Approvals approvals;

    @Override
    Collection<String> names() {
        return approvals == null
                ? List.of()
                : approvals.list(Set.of(Approval.State.PENDING), 0, MANY).items().stream()
                        .map(Approval::id)
                        .toList();
    }
}
