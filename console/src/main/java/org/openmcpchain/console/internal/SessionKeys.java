/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.session.Session;
import org.openmcpchain.session.Sessions;

/** Keys of the sessions. */
@Service
public final class SessionKeys extends Candidates {

    @Reference(optional = true)
    Sessions sessions;

    @Override
    Collection<String> names() {
        return sessions == null
                ? List.of()
                : sessions.list(0, MANY).items().stream().map(Session::key).toList();
    }
}
