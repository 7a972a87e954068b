/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Arrays;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Approval;

/** The states of an approval. */
@Service
public final class ApprovalStates extends Candidates {

    @Override
    Collection<String> names() {
        return Arrays.stream(Approval.State.values()).map(Approval.State::name).toList();
    }
}
