/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.Signals;

/** {@code task:interrupt}. */
@Service
@Command(
        scope = "task",
        name = "interrupt",
        description = "Stops a run and keeps what it has",
        detailedDescription =
                "It is asked to stop, and made to after the grace. It is PAUSED then; task:resume continues it.")
public final class TaskInterrupt extends RunCommand {

    @Reference(optional = true)
    Signals signals;

    @Option(name = "--reason", description = "Why, at most 500 characters; it goes into the journal")
    String reason = "no reason given";

    @Option(name = "--grace", description = "Seconds that it may take to stop of its own accord, 0 to 60")
    int grace = 10;

    @Override
    void run(Screen screen) {
        Run run = present(signals, "signals")
                .interrupt(
                        id,
                        principal(),
                        Input.text("reason", reason, 500),
                        Duration.ofSeconds(Input.number("grace", grace, 0, 60)));
        screen.line(run.id() + "  " + run.state(), View.of(run));
    }
}
