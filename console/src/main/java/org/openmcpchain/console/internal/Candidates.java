/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.openmcpchain.error.HostException;

/** Completes from the names that exist at this moment; proposes nothing while the host cannot tell. */
abstract class Candidates implements Completer {

    /** How many ids are proposed at most, the newest ones. */
    static final int MANY = 50;

    /** The names; may throw {@link HostException}. */
    abstract Collection<String> names();

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        try {
            return new StringsCompleter(names()).complete(session, line, candidates);
        } catch (HostException e) {
            return -1;
        }
    }
}
