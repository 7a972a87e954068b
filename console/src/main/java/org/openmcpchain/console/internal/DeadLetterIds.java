/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.DeadLetters;

/** Ids of the dead letters that nobody has looked after. */
@Service
public final class DeadLetterIds extends Candidates {

    @Reference(optional = true)
    DeadLetters letters;

    @Override
    Collection<String> names() {
        return letters == null
                ? List.of()
                : letters.list(Set.of(DeadLetter.State.OPEN), 0, MANY).items().stream()
                        .map(DeadLetter::id)
                        .toList();
    }
}
