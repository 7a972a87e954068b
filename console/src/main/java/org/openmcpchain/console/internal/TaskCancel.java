/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.Run;

/** {@code task:cancel}. */
@Service
@Command(
        scope = "task",
        name = "cancel",
        description = "Ends a run",
        detailedDescription =
                "The run ends as soon as its work can be stopped. What was sent to a chain stays sent.\n\n"
                        + "    task:cancel --reason \"wrong network\" 0199...")
public final class TaskCancel extends RunCommand {

    private static final int MAX_REASON = 500;

    @Option(name = "--reason", description = "Why, at most 500 characters; it goes into the journal")
    String reason = "no reason given";

    @Override
    void run(Screen screen) {
        String why = Input.text("reason", reason, MAX_REASON);
        Run run = runs().cancel(found().id(), principal(), why.isBlank() ? "no reason given" : why);
        screen.line(run.id() + "  " + run.state(), View.of(run));
    }
}
