/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.core.run.RunSuspendedException;

/** What an interrupted run thread does: it asks the engine why, and otherwise leaves the run for the next attempt. */
final class Interruption {

    private Interruption() {}

    /**
     * @throws RuntimeException what {@link RunSession#checkActive} throws when the run was cancelled or has no time left
     */
    static RunSuspendedException of(RunSession session) {
        session.checkActive();
        return new RunSuspendedException();
    }
}
