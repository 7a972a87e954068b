/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

import java.util.List;
import org.openmcpchain.run.Run;
import org.osgi.annotation.versioning.ProviderType;

/** Puts together what an agent should know before it works on a run. Thread-safe. */
@ProviderType
public interface ContextSource {

    /**
     * The blocks in the order in which a model should read them: summary, memory, cards, then the recent turns, oldest
     * first. Deterministic for the same journal and cards.
     *
     * @param tokens the most that all blocks may take together; older turns are left out first
     */
    List<ContextBlock> contextOf(Run run, int tokens);
}
