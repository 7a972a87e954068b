/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;

/** {@code session:show}. */
@Service
@Command(
        scope = "session",
        name = "show",
        description = "Shows a session",
        detailedDescription = "Its mode, the run at work, how many messages wait, and how large its context is.")
public final class SessionShow extends SessionCommand {

    @Override
    void run(Screen screen) {
        screen.show(Json.of(
                sessions().find(key).orElseThrow(() -> HostException.of(RunError.SESSION_UNKNOWN, "key", key))));
    }
}
