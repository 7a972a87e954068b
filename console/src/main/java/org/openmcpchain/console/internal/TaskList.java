/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.Runs;

/** {@code task:list}. */
@Service
@Command(
        scope = "task",
        name = "list",
        description = "Lists runs",
        detailedDescription = "The newest first, 20 unless --limit says otherwise.\n\n"
                + "    task:list --state FAILED,CANCELLED --since 2026-11-20T00:00:00Z")
public final class TaskList extends ConsoleCommand {

    private static final int MAX_TEXT = 200;

    @Reference(optional = true)
    Runs runs;

    @Option(name = "--state", description = "Only runs in these states, separated by commas")
    @Completion(States.class)
    String state;

    @Option(name = "--since", description = "Only runs created at or after this ISO-8601 time")
    String since;

    @Option(name = "--until", description = "Only runs created before this ISO-8601 time")
    String until;

    @Option(name = "--has-result", description = "Only runs with (true) or without (false) a result")
    @Completion(
            value = StringsCompleter.class,
            values = {"true", "false"})
    String hasResult;

    @Option(name = "--text", description = "Only runs whose goal contains this text")
    String text;

    @Option(name = "--oldest-first", description = "Turns the order round")
    boolean oldestFirst;

    @Option(name = "--offset", description = "How many to leave out")
    int offset;

    @Option(name = "--limit", description = "How many at most, 1 to 200")
    int limit = 20;

    @Override
    void run(Screen screen) {
        Page<Run> page = present(runs, "runs")
                .list(new RunQuery(
                        Input.words(RunState.class, "state", state),
                        Input.instant("since", since),
                        Input.instant("until", until),
                        Input.flag("hasResult", hasResult),
                        Optional.ofNullable(Input.text("text", text, MAX_TEXT)),
                        !oldestFirst,
                        Input.number("offset", offset, 0, Integer.MAX_VALUE),
                        Input.number("limit", limit, 1, 200)));
        ObjectNode whole = Json.object().put("total", page.total());
        page.nextOffset().ifPresent(next -> whole.put("nextOffset", next));
        screen.list(
                Rows.of(
                        page.items().stream().map(View::of),
                        "No runs.",
                        "id",
                        "state",
                        "createdAt",
                        "principal",
                        "goal"),
                whole);
        page.nextOffset().ifPresent(next -> screen.note(page.total() + " in all; go on with --offset " + next + "."));
    }
}
