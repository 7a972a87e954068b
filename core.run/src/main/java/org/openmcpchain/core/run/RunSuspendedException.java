/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

/** The host is stopping: the attempt ends here, the run stays as it is, and the next start continues it. */
public final class RunSuspendedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Carries nothing. */
    public RunSuspendedException() {
        super("the host is stopping", null, false, false);
    }
}
