/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;

/** A command about the networks. */
abstract class ChainCommand extends ConsoleCommand {

    @Reference
    List<Chain> chains;

    /** The networks in the order of their names; all of them when none is named. */
    final Stream<Chain> chains(String id) {
        List<Chain> found = chains.stream()
                .filter(chain -> id == null || chain.network().id().toString().equals(id))
                .sorted(Comparator.comparing(chain -> chain.network().id().toString()))
                .toList();
        if (id != null && found.isEmpty()) {
            throw HostException.of(ChainError.CHAIN_UNKNOWN, "network", id);
        }
        return found.stream();
    }
}
