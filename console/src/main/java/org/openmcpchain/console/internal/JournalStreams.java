/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.Journal;

/** {@code journal:streams}. */
@Service
@Command(
        scope = "journal",
        name = "streams",
        description = "Lists streams by name",
        detailedDescription = "host holds what administrators did; run/<id> holds what a run did.")
public final class JournalStreams extends ConsoleCommand {

    private static final int MAX_NAME = 128;

    @Reference(optional = true)
    Journal journal;

    @Option(name = "--after", description = "Only names behind this one")
    @Completion(Streams.class)
    String after = "";

    @Option(name = "--limit", description = "How many at most, 1 to 1,000")
    int limit = 100;

    @Override
    void run(Screen screen) {
        List<String> names = present(journal, "journal")
                .streams(Input.text("after", after, MAX_NAME), Input.number("limit", limit, 1, 1000));
        screen.list(Rows.of(names.stream().map(name -> Json.object().put("stream", name)), "No streams.", "stream"));
        if (names.size() == limit) {
            screen.note("There may be more; go on with --after " + names.get(limit - 1) + ".");
        }
    }
}
