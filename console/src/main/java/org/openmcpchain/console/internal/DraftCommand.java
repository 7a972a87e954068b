/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.openmcpchain.policy.Policies;

/** A command about a draft of a policy, which is a file on the host. */
abstract class DraftCommand extends ConsoleCommand {

    @Reference(optional = true)
    Policies policies;

    @Argument(index = 0, name = "file", description = "A file on the host with the policy, YAML", required = true)
    @Completion(FileCompleter.class)
    String file;

    final Policies policies() {
        return present(policies, "policies");
    }

    final String text() {
        return HostFile.read(session.currentDir(), file);
    }
}
