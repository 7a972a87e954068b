/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code task:show}. */
@Service
@Command(
        scope = "task",
        name = "show",
        description = "Shows a run",
        detailedDescription = "State, reply, result and error of a run. Its steps are what task:events prints.")
public final class TaskShow extends RunCommand {

    @Override
    void run(Screen screen) {
        screen.show(View.of(found()));
    }
}
