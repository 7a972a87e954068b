/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.JournalCare;

/** {@code journal:compact}. */
@Service
@Command(
        scope = "journal",
        name = "compact",
        description = "Moves the streams of finished runs into an archive",
        detailedDescription =
                "They can be read and verified as before.\n\n" + "    journal:compact 2026-10-20T00:00:00Z")
public final class JournalCompact extends ConsoleCommand {

    @Reference(optional = true)
    JournalCare care;

    @Argument(
            index = 0,
            name = "ended-before",
            description = "Only runs that ended before this ISO-8601 time",
            required = true)
    String endedBefore;

    @Override
    void run(Screen screen) {
        Instant before = Input.instant("ended-before", endedBefore).orElseThrow();
        screen.show(Json.of(present(care, "journal care").compact(before, principal())));
    }
}
