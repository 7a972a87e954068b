/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;

/** {@code dead-letter:show}. */
@Service
@Command(
        scope = "dead-letter",
        name = "show",
        description = "Shows a dead letter",
        detailedDescription =
                "Why the run was given up, after how many attempts. What it did is what task:events prints.")
public final class DeadLetterShow extends DeadLetterCommand {

    @Override
    void run(Screen screen) {
        screen.show(Json.of(
                letters().find(id).orElseThrow(() -> HostException.of(RunError.DEAD_LETTER_UNKNOWN, "id", id))));
    }
}
