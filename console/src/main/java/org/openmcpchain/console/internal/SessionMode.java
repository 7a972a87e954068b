/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.session.MessageMode;

/** {@code session:mode}. */
@Service
@Command(
        scope = "session",
        name = "mode",
        description = "Changes what a message does while a run is at work",
        detailedDescription =
                "STEER hands it to the run, FOLLOW_UP makes it the next run, COLLECT gathers, INTERRUPT ends the run at work,"
                        + " REFUSE turns it away. During a run the new mode holds from the next turn on.")
public final class SessionMode extends SessionCommand {

    @Argument(index = 1, name = "mode", description = "STEER, FOLLOW_UP, COLLECT, INTERRUPT or REFUSE", required = true)
    @Completion(Modes.class)
    String mode;

    @Override
    void run(Screen screen) {
        tell(sessions().mode(key, Input.word(MessageMode.class, "mode", mode), principal()), screen);
    }
}
