/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;

/** {@code journal:show}. */
@Service
@Command(
        scope = "journal",
        name = "show",
        description = "Prints a stream",
        detailedDescription = "One line for each entry, oldest first; with --json the whole entry with its hashes.\n\n"
                + "    journal:show --after 40 host")
public final class JournalShow extends StreamCommand {

    @Option(name = "--after", description = "Only entries behind this sequence number")
    long after;

    @Option(name = "--limit", description = "How many at most, 1 to 1,000")
    int limit = 100;

    @Override
    void run(Screen screen) {
        long position = Input.position("after", after);
        List<JournalEntry> entries = journal().read(stream(), position, Input.number("limit", limit, 1, 1000));
        if (entries.isEmpty() && journal().head(stream()).isEmpty()) {
            throw HostException.of(JournalError.STREAM_UNKNOWN, "stream", stream());
        }
        entries.forEach(entry -> Entries.print(entry, screen));
        if (entries.size() == limit) {
            screen.note("There may be more; go on with --after "
                    + entries.get(limit - 1).seq() + ".");
        }
    }
}
