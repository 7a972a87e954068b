/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;

/** {@code task:events}. */
@Service
@Command(
        scope = "task",
        name = "events",
        description = "Prints the steps of a run",
        detailedDescription =
                "One line for each entry of the run's journal. With --follow it goes on until the run has ended"
                        + " or Ctrl-C is pressed; the run itself is not touched by that.\n\n"
                        + "    task:events -f 0199...")
public final class TaskEvents extends RunCommand {

    private static final int PAGE = 500;

    @Reference(optional = true)
    Journal journal;

    @Option(name = "-f", aliases = "--follow", description = "Waits for more until the run has ended")
    boolean follow;

    @Option(name = "--after", description = "Only entries behind this sequence number")
    long after;

    @Override
    void run(Screen screen) {
        Journal present = present(journal, "journal");
        String stream = found().stream();
        long position = Input.position("after", after);
        if (follow && !hasEndedBefore(present, stream, position)) {
            new Follow().run(present, stream, position, entry -> Entries.print(entry, screen), screen::deserted);
        } else {
            printAll(present, stream, position, screen);
        }
    }

    /** Whether nothing will ever come behind this position, so that nobody need wait for it. */
    private static boolean hasEndedBefore(Journal journal, String stream, long position) {
        return journal.head(stream)
                .filter(head -> head.type().equals(EntryTypes.RUN_ENDED) && head.seq() <= position)
                .isPresent();
    }

    private static void printAll(Journal journal, String stream, long after, Screen screen) {
        long position = after;
        List<JournalEntry> page;
        do {
            page = journal.read(stream, position, PAGE);
            for (JournalEntry entry : page) {
                Entries.print(entry, screen);
                position = entry.seq();
            }
        } while (page.size() == PAGE && !screen.deserted());
    }
}
