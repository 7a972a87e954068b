/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.Run;

/** {@code dead-letter:replay}. */
@Service
@Command(
        scope = "dead-letter",
        name = "replay",
        description = "Submits the goal of a dead letter again",
        detailedDescription = "As a new run; doing it twice gives the same new run.")
public final class DeadLetterReplay extends DeadLetterCommand {

    @Override
    void run(Screen screen) {
        Run run = letters().replay(id, principal()).run();
        screen.line(run.id(), View.of(run));
    }
}
