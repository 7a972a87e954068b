/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.util.Map;

/**
 * How many runs there are.
 *
 * @param total in all
 * @param byState by state; states without runs are left out
 */
public record RunStats(long total, Map<RunState, Long> byState) {

    /** Copies the map. */
    public RunStats {
        byState = Map.copyOf(byState);
    }
}
