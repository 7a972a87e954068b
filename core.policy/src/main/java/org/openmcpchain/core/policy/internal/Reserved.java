/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.List;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Decision;

/** An intent that was counted, before its verdict is known. */
interface Reserved {

    /** The cap that denies it; or else all caps that it exceeds and that ask, each once; or nothing. */
    List<Refusal> refusals();

    /** The caps that apply to it, as they stand with it; they go into the verdict's entry. */
    List<CapUsage> usage();

    /**
     * What is to be written when this is the verdict: ALLOW makes the reservation usable, NEEDS_APPROVAL holds it, DENY
     * gives it back. Called once; from here on only the consequence's commit or rollback counts.
     */
    Consequence with(Decision decision);

    /** The question came to nothing: takes it back in memory. Called instead of {@link #with}. */
    void cancel();

    /**
     * A cap would be exceeded.
     *
     * @param cap which
     * @param reason why, with the numbers, fit for people
     */
    record Refusal(CapRule cap, String reason) {

        /** Whether no person can let it through. */
        boolean denies() {
            return cap.then() != Decision.NEEDS_APPROVAL;
        }
    }
}
