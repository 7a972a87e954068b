/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Set;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.DeadLetters;

/** {@code dead-letter:list}. */
@Service
@Command(
        scope = "dead-letter",
        name = "list",
        description = "Lists the runs that were given up",
        detailedDescription =
                "Those that nobody has looked after, the newest first, unless --state or --all says otherwise.")
public final class DeadLetterList extends ConsoleCommand {

    @Reference(optional = true)
    DeadLetters letters;

    @Option(name = "--state", description = "Only letters in these states, separated by commas")
    @Completion(DeadLetterStates.class)
    String state = DeadLetter.State.OPEN.name();

    @Option(name = "--all", description = "Letters in every state")
    boolean all;

    @Option(name = "--offset", description = "How many to leave out")
    int offset;

    @Option(name = "--limit", description = "How many at most, 1 to 200")
    int limit = 20;

    @Override
    void run(Screen screen) {
        Set<DeadLetter.State> states = all ? Set.of() : Input.words(DeadLetter.State.class, "state", state);
        screen.page(
                present(letters, "dead letters")
                        .list(
                                states,
                                Input.number("offset", offset, 0, Integer.MAX_VALUE),
                                Input.number("limit", limit, 1, 200)),
                Json::of,
                "No dead letters.",
                "id",
                "state",
                "at",
                "attempts",
                "errorCode",
                "goal");
    }
}
