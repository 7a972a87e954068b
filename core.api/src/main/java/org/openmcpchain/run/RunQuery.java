/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs to list.
 *
 * @param states only runs in one of these; empty for all
 * @param since only runs created at or after this
 * @param until only runs created before this
 * @param hasResult only runs with, or without, a result
 * @param text only runs whose goal contains this, without regard to case
 * @param newestFirst the order by creation
 * @param offset how many to leave out
 * @param limit how many to return at most: 1 to 200
 */
public record RunQuery(
        Set<RunState> states,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Boolean> hasResult,
        Optional<String> text,
        boolean newestFirst,
        int offset,
        int limit) {

    /** Copies the states and checks the bounds. */
    public RunQuery {
        states = Set.copyOf(states);
        if (offset < 0 || limit < 1 || limit > 200) {
            throw new IllegalArgumentException("offset is at least 0, limit is 1 to 200");
        }
    }

    /** The newest runs. */
    public static RunQuery newest(int limit) {
        return new RunQuery(
                Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, 0, limit);
    }
}
