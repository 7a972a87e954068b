/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.openmcpchain.journal.Journal;

/** A command about one stream of the journal. */
abstract class StreamCommand extends ConsoleCommand {

    static final int MAX_NAME = 128;

    @Reference(optional = true)
    Journal journal;

    @Argument(index = 0, name = "stream", description = "host, run/<id> or session/<key>", required = true)
    @Completion(Streams.class)
    String stream;

    final Journal journal() {
        return present(journal, "journal");
    }

    final String stream() {
        return Input.text("stream", stream, MAX_NAME);
    }
}
