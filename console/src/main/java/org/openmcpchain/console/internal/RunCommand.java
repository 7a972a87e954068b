/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.Runs;

/** A command about one run. */
abstract class RunCommand extends ConsoleCommand {

    @Reference(optional = true)
    Runs runs;

    @Argument(index = 0, name = "id", description = "The id of the run", required = true)
    @Completion(RunIds.class)
    String id;

    final Runs runs() {
        return present(runs, "runs");
    }

    final Run found() {
        return runs().find(id).orElseThrow(() -> HostException.of(RunError.RUN_UNKNOWN, "id", id));
    }
}
