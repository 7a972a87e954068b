/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Arrays;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.CollectRequest;

/** What to make of several results. */
@Service
public final class Strategies extends Candidates {

    @Override
    Collection<String> names() {
        return Arrays.stream(CollectRequest.Strategy.values())
                .map(CollectRequest.Strategy::name)
                .toList();
    }
}
