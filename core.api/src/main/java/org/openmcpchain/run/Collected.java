/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.util.List;
import java.util.Optional;

/**
 * What came of several runs.
 *
 * @param complete whether the strategy got what it wanted before the time was up
 * @param parts what ended, in the order in which it ended
 * @param missing ids of the runs that had not ended
 * @param value for a majority or a reduction the value as JSON, or empty
 */
public record Collected(boolean complete, List<Part> parts, List<String> missing, Optional<String> value) {

    /**
     * One run that ended.
     *
     * @param runId its id
     * @param state how it ended
     * @param result its result as a JSON object, or empty
     * @param errorCode why it failed, or empty
     */
    public record Part(String runId, RunState state, Optional<String> result, Optional<String> errorCode) {}

    /** Copies the lists. */
    public Collected {
        parts = List.copyOf(parts);
        missing = List.copyOf(missing);
    }
}
