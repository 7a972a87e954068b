/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.JournalCare;

/** Ids of the snapshots. */
@Service
public final class SnapshotIds extends Candidates {

    @Reference(optional = true)
    JournalCare care;

    @Override
    Collection<String> names() {
        return care == null
                ? List.of()
                : care.snapshots().stream().map(JournalCare.Snapshot::id).toList();
    }
}
