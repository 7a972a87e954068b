/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.session.Sessions;

/** {@code session:list}. */
@Service
@Command(
        scope = "session",
        name = "list",
        description = "Lists sessions",
        detailedDescription = "In the order of their keys.")
public final class SessionList extends ConsoleCommand {

    @Reference(optional = true)
    Sessions sessions;

    @Option(name = "--offset", description = "How many to leave out")
    int offset;

    @Option(name = "--limit", description = "How many at most, 1 to 200")
    int limit = 20;

    @Override
    void run(Screen screen) {
        screen.page(
                present(sessions, "sessions")
                        .list(
                                Input.number("offset", offset, 0, Integer.MAX_VALUE),
                                Input.number("limit", limit, 1, 200)),
                Json::of,
                "No sessions.",
                "key",
                "mode",
                "messages",
                "pending",
                "turns",
                "updatedAt",
                "activeRun");
    }
}
