/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code session:reset}. */
@Service
@Command(
        scope = "session",
        name = "reset",
        description = "Clears the context of a session",
        detailedDescription = "The agent begins anew; the journal keeps everything.")
public final class SessionReset extends SessionCommand {

    @Override
    void run(Screen screen) {
        tell(sessions().reset(key, principal()), screen);
    }
}
