/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.Runs;

/** Names of streams: the host's, and those of the newest runs. */
@Service
public final class Streams extends Candidates {

    @Reference(optional = true)
    Runs runs;

    @Override
    Collection<String> names() {
        List<String> names = new ArrayList<>(List.of(JournalEntry.HOST_STREAM));
        if (runs != null) {
            runs.list(RunQuery.newest(MANY)).items().forEach(run -> names.add(run.stream()));
        }
        return names;
    }
}
