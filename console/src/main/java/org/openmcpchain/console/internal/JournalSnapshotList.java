/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.JournalCare;

/** {@code journal:snapshot-list}. */
@Service
@Command(
        scope = "journal",
        name = "snapshot-list",
        description = "Lists snapshots",
        detailedDescription = "The newest first; base is the one that an incremental snapshot adds to.")
public final class JournalSnapshotList extends ConsoleCommand {

    @Reference(optional = true)
    JournalCare care;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(care, "journal care").snapshots().stream().map(Json::of),
                "No snapshots.",
                "id",
                "at",
                "base",
                "rows",
                "bytes",
                "stateHash"));
    }
}
