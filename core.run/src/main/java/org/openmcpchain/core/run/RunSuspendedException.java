/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

/** The host is stopping, or the executor is being replaced: the attempt ends here, the run stays as it is, and the next attempt continues it. */
public final class RunSuspendedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Carries nothing. */
    public RunSuspendedException() {
        super("the attempt is suspended", null, false, false);
    }
}
