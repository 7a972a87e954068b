/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.RunStats;
import org.openmcpchain.run.Runs;

/** {@code task:stats}. */
@Service
@Command(
        scope = "task",
        name = "stats",
        description = "Counts runs by state",
        detailedDescription = "States without runs are left out.")
public final class TaskStats extends ConsoleCommand {

    @Reference(optional = true)
    Runs runs;

    @Override
    void run(Screen screen) {
        RunStats stats = present(runs, "runs").stats();
        ObjectNode view = Json.object().put("total", stats.total());
        view.set("byState", Json.value(new TreeMap<>(stats.byState())));
        screen.show(view);
    }
}
