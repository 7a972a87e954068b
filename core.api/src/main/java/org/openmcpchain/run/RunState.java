/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.util.EnumSet;
import java.util.Set;

/** The states of a run. */
public enum RunState {
    /** Written down and acknowledged. */
    PENDING,
    /** Taken by a lane, not started yet. */
    SCHEDULED,
    /** Being worked on. */
    RUNNING,
    /** Held until a person approves or rejects; holds no thread. */
    WAITING_APPROVAL,
    /** A step failed and will be tried again. */
    RETRYING,
    /** Held by a person. */
    PAUSED,
    /** Undoing what was done. */
    COMPENSATING,
    /** Ended well. */
    SUCCEEDED,
    /** Ended without reaching the goal. */
    FAILED,
    /** Ended by a person. */
    CANCELLED,
    /** Ended without reaching the goal; everything was undone. */
    COMPENSATED,
    /** Ended without reaching the goal; not everything could be undone. */
    COMPENSATION_FAILED;

    private static final Set<RunState> TERMINAL =
            EnumSet.of(SUCCEEDED, FAILED, CANCELLED, COMPENSATED, COMPENSATION_FAILED);

    /** Whether the run has ended. */
    public boolean isTerminal() {
        return TERMINAL.contains(this);
    }

    /** Whether a run may go from this state to the other. */
    public boolean canBecome(RunState next) {
        if (isTerminal() || next == PENDING || next == this) {
            return false;
        }
        return switch (this) {
            case PENDING -> next == SCHEDULED || next == PAUSED || next == CANCELLED || next == FAILED;
            case SCHEDULED -> next == RUNNING || next == PAUSED || next == CANCELLED || next == FAILED;
            case COMPENSATING -> next == COMPENSATED || next == COMPENSATION_FAILED;
            case RUNNING -> next != COMPENSATED && next != COMPENSATION_FAILED;
            default -> next == SCHEDULED
                    || next == RUNNING
                    || next == PAUSED
                    || next == COMPENSATING
                    || next == FAILED
                    || next == CANCELLED;
        };
    }
}
