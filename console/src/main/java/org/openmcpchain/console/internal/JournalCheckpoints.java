/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.JournalAudit;

/** {@code journal:checkpoints}. */
@Service
@Command(
        scope = "journal",
        name = "checkpoints",
        description = "Lists checkpoints",
        detailedDescription = "The newest first.")
public final class JournalCheckpoints extends ConsoleCommand {

    @Reference(optional = true)
    JournalAudit audit;

    @Option(name = "--limit", description = "How many at most, 1 to 1,000")
    int limit = 20;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(audit, "journal audit").checkpoints(Input.number("limit", limit, 1, 1000)).stream()
                        .map(Json::of),
                "No checkpoints.",
                "number",
                "at",
                "streams",
                "entries",
                "root"));
    }
}
