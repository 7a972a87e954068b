/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Arrays;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.DeadLetter;

/** The states of a dead letter. */
@Service
public final class DeadLetterStates extends Candidates {

    @Override
    Collection<String> names() {
        return Arrays.stream(DeadLetter.State.values())
                .map(DeadLetter.State::name)
                .toList();
    }
}
