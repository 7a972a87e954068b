/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.chain.Chain;

/** CAIP-2 names of the networks. */
@Service
public final class ChainIds extends Candidates {

    @Reference
    List<Chain> chains;

    @Override
    Collection<String> names() {
        return chains.stream().map(chain -> chain.network().id().toString()).toList();
    }
}
