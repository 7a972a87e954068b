/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.openmcpchain.run.DeadLetters;

/** A command about one dead letter. */
abstract class DeadLetterCommand extends ConsoleCommand {

    @Reference(optional = true)
    DeadLetters letters;

    @Argument(index = 0, name = "id", description = "The id of the run", required = true)
    @Completion(DeadLetterIds.class)
    String id;

    final DeadLetters letters() {
        return present(letters, "dead letters");
    }
}
