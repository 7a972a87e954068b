/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.JournalAudit;

/** {@code journal:checkpoint}. */
@Service
@Command(
        scope = "journal",
        name = "checkpoint",
        description = "Makes a checkpoint now",
        detailedDescription =
                "The root of a Merkle tree over the heads of all streams, in the journal and in a file beside the database.")
public final class JournalCheckpoint extends ConsoleCommand {

    @Reference(optional = true)
    JournalAudit audit;

    @Override
    void run(Screen screen) {
        screen.show(Json.of(present(audit, "journal audit").checkpoint()));
    }
}
