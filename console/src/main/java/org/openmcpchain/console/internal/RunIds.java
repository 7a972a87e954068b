/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.Runs;

/** Ids of the newest runs. */
@Service
public final class RunIds extends Candidates {

    @Reference(optional = true)
    Runs runs;

    @Override
    Collection<String> names() {
        return runs == null
                ? List.of()
                : runs.list(RunQuery.newest(MANY)).items().stream().map(Run::id).toList();
    }
}
