/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.session.Turn;

/** {@code session:history}. */
@Service
@Command(
        scope = "session",
        name = "history",
        description = "Prints what happened in a session",
        detailedDescription = "Messages, turns, answers, compactions and resets, oldest first.\n\n"
                + "    session:history --after 40 main")
public final class SessionHistory extends SessionCommand {

    @Option(name = "--after", description = "Only what happened behind this sequence number")
    long after;

    @Option(name = "--limit", description = "How many at most, 1 to 1,000")
    int limit = 100;

    @Override
    void run(Screen screen) {
        List<Turn> turns =
                sessions().history(key, Input.position("after", after), Input.number("limit", limit, 1, 1000));
        turns.forEach(turn -> screen.line(words(turn), Json.of(turn)));
        if (turns.size() == limit) {
            screen.note("There may be more; go on with --after "
                    + turns.get(limit - 1).seq() + ".");
        }
    }

    private static String words(Turn turn) {
        String who = turn.principal().orElse("");
        String about = turn.message() > 0
                ? "#" + turn.message()
                : turn.messages().isEmpty() ? "" : turn.messages().toString();
        return String.format(
                "%4d  %s  %-10s  %s",
                turn.seq(),
                turn.at(),
                turn.kind(),
                Stream.of(
                                about,
                                who,
                                turn.text().orElse(""),
                                turn.run().map(run -> "run " + run).orElse(""))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("  ")));
    }
}
