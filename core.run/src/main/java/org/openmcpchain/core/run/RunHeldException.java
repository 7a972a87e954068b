/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

/**
 * The run needs a person's approval: the attempt ends here, the run becomes {@code WAITING_APPROVAL} and holds no thread,
 * and {@link RunControl#wake} lets the next attempt continue it.
 */
public final class RunHeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String approval;

    /** @param approval the id of the approval that is wanted */
    public RunHeldException(String approval) {
        super("the run is held for approval " + approval, null, false, false);
        this.approval = approval;
    }

    /** The id of the approval that is wanted. */
    public String approval() {
        return approval;
    }
}
