/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.CollectRequest;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.Signals;

/** {@code task:collect}. */
@Service
@Command(
        scope = "task",
        name = "collect",
        description = "Waits for runs and puts their results together",
        detailedDescription =
                "Prints each as it ends, then the whole; what has not ended when the time is up is listed as missing.\n\n"
                        + "    task:collect --strategy REDUCE --reducer sum --pointer /price 0199... 0199...")
public final class TaskCollect extends ConsoleCommand {

    @Reference(optional = true)
    Signals signals;

    @Argument(index = 0, name = "id", description = "Ids of runs", required = true, multiValued = true)
    @Completion(RunIds.class)
    List<String> ids;

    @Option(name = "--strategy", description = "ALL, FIRST, MAJORITY or REDUCE")
    @Completion(Strategies.class)
    String strategy = CollectRequest.Strategy.ALL.name();

    @Option(name = "--count", description = "For FIRST how many that succeed are enough")
    int count = 1;

    @Option(name = "--pointer", description = "For MAJORITY and REDUCE the JSON pointer of the value in a result")
    String pointer;

    @Option(name = "--reducer", description = "For REDUCE: sum, min, max, count or concat")
    String reducer;

    @Option(name = "--timeout", description = "Seconds to wait at most, 0 to 300")
    int timeout = 60;

    @Override
    void run(Screen screen) {
        if (new HashSet<>(ids).size() < ids.size()) {
            throw Input.invalid("id", "each once");
        }
        CollectRequest request = new CollectRequest(
                ids,
                Input.word(CollectRequest.Strategy.class, "strategy", strategy),
                count,
                pointer,
                reducer,
                Duration.ofSeconds(Input.number("timeout", timeout, 0, 300)));
        Collected collected = present(signals, "signals").collect(request, part -> {});
        screen.told(view(collected), () -> {
            collected
                    .parts()
                    .forEach(part -> screen.note(part.runId() + "  " + part.state()
                            + part.errorCode().map(code -> "  " + code).orElse("")));
            collected.missing().forEach(id -> screen.note(id + "  missing"));
            collected.value().ifPresent(value -> screen.note("value  " + value));
            screen.note(collected.complete() ? "complete" : "incomplete");
        });
    }

    private static ObjectNode view(Collected collected) {
        ObjectNode view = Json.object().put("complete", collected.complete());
        ArrayNode parts = view.putArray("parts");
        collected.parts().forEach(part -> {
            ObjectNode one = parts.addObject()
                    .put("task", part.runId())
                    .put("state", part.state().name());
            part.result().ifPresent(result -> one.set("result", Json.parse(result)));
            part.errorCode().ifPresent(code -> one.put("errorCode", code));
        });
        view.set("missing", Json.value(collected.missing()));
        collected.value().ifPresent(value -> view.set("value", Json.parse(value)));
        return view;
    }
}
