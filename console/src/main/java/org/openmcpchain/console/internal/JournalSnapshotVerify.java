/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.JournalCare;

/** {@code journal:snapshot-verify}. */
@Service
@Command(
        scope = "journal",
        name = "snapshot-verify",
        description = "Reads a snapshot and recomputes its hashes",
        detailedDescription =
                "With all that it builds on. Fails with SNAPSHOT_BROKEN when it is not what its hash says.")
public final class JournalSnapshotVerify extends ConsoleCommand {

    @Reference(optional = true)
    JournalCare care;

    @Argument(index = 0, name = "id", description = "The id of the snapshot", required = true)
    @Completion(SnapshotIds.class)
    String id;

    @Override
    void run(Screen screen) {
        screen.show(Json.of(present(care, "journal care").verify(id)));
    }
}
