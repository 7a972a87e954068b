/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.JournalCare;

/** {@code journal:snapshot}. */
@Service
@Command(
        scope = "journal",
        name = "snapshot",
        description = "Takes a snapshot of everything",
        detailedDescription = "Only what changed since the snapshot before, unless --full is given.")
public final class JournalSnapshot extends ConsoleCommand {

    @Reference(optional = true)
    JournalCare care;

    @Option(name = "--full", description = "Writes everything")
    boolean full;

    @Override
    void run(Screen screen) {
        screen.show(Json.of(present(care, "journal care").snapshot(full, principal())));
    }
}
