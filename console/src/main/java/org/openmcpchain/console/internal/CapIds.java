/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Ledgers;

/** Ids of the caps of the policy in force. */
@Service
public final class CapIds extends Candidates {

    @Reference(optional = true)
    Ledgers ledgers;

    @Override
    Collection<String> names() {
        return ledgers == null
                ? List.of()
                : ledgers.usage().stream().map(CapUsage::cap).distinct().toList();
    }
}
