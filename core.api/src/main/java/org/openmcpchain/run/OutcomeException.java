/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

/** Carries an outcome that is not OK out of a tool, so that the host reports it as it is. */
public final class OutcomeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Outcome<?> outcome;

    /** @param outcome anything but {@link Outcome.Ok} */
    public OutcomeException(Outcome<?> outcome) {
        super("the call ended as " + outcome.word(), null, false, false);
        this.outcome = outcome;
    }

    /** How the call ended. */
    public Outcome<?> outcome() {
        return outcome;
    }
}
