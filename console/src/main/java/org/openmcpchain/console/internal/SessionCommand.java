/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.openmcpchain.session.Sessions;

/** A command about one session. */
abstract class SessionCommand extends ConsoleCommand {

    @Reference(optional = true)
    Sessions sessions;

    @Argument(
            index = 0,
            name = "key",
            description = "[workspace/][agent/]main, dm/<id>, group/<id> or thread/<id>",
            required = true)
    @Completion(SessionKeys.class)
    String key;

    final Sessions sessions() {
        return present(sessions, "sessions");
    }

    /** One line about a session for people, the whole for programs. */
    static void tell(org.openmcpchain.session.Session session, Screen screen) {
        screen.line(
                session.key() + "  " + session.mode() + "  epoch " + session.epoch() + "  " + session.contextTokens()
                        + " tokens",
                Json.of(session));
    }
}
