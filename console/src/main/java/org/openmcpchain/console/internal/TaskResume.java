/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.Signals;

/** {@code task:resume}. */
@Service
@Command(
        scope = "task",
        name = "resume",
        description = "Continues a paused run",
        detailedDescription = "At its first unfinished step.")
public final class TaskResume extends RunCommand {

    @Reference(optional = true)
    Signals signals;

    @Override
    void run(Screen screen) {
        Run run = present(signals, "signals").resume(id, principal());
        screen.line(run.id() + "  " + run.state(), View.of(run));
    }
}
