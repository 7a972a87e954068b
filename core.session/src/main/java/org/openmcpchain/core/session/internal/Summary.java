/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.List;

/** Makes a few lines of many turns. {@link ExtractiveSummary} asks nobody; one that asks a model could stand here. */
interface Summary {

    /**
     * What a compaction keeps.
     *
     * @param summary what was said, for the rest of this subject
     * @param facts what is to be kept in mind beyond it, one line each
     */
    record Written(String summary, List<String> facts) {

        public Written {
            facts = List.copyOf(facts);
        }
    }

    /**
     * Summarises.
     *
     * @param before the summary until now, or empty
     * @param turns what goes into it, oldest first
     */
    Written of(String before, List<SpokenTurn> turns);
}
