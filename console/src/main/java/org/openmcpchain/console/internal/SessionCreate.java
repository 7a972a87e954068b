/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.session.MessageMode;

/** {@code session:create}. */
@Service
@Command(
        scope = "session",
        name = "create",
        description = "Creates a session",
        detailedDescription = "Or shows the one that is there. A message creates its session, too.")
public final class SessionCreate extends SessionCommand {

    @Option(name = "--mode", description = "What a message does while a run is at work")
    @Completion(Modes.class)
    String mode = MessageMode.FOLLOW_UP.name();

    @Override
    void run(Screen screen) {
        tell(sessions().create(key, Input.word(MessageMode.class, "mode", mode), principal()), screen);
    }
}
