/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Arrays;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.RunState;

/** The states of a run. */
@Service
public final class States extends Candidates {

    @Override
    Collection<String> names() {
        return Arrays.stream(RunState.values()).map(RunState::name).toList();
    }
}
