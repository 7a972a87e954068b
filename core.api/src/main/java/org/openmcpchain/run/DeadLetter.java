/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.time.Instant;
import java.util.Optional;

/**
 * A run that failed although it was tried again and again, for a reason that may pass.
 *
 * @param id the run's id
 * @param goal what it was to do
 * @param principal who submitted it
 * @param errorCode why it failed the last time
 * @param errorDetail the same in words
 * @param attempts how often it was tried
 * @param at when it was given up
 * @param state where the letter is
 * @param replayedAs the run that took it up again, or empty
 */
public record DeadLetter(
        String id,
        String goal,
        String principal,
        String errorCode,
        String errorDetail,
        int attempts,
        Instant at,
        State state,
        Optional<String> replayedAs) {

    /** Where a dead letter is. */
    public enum State {
        /** Nobody has looked after it. */
        OPEN,
        /** Its goal was submitted again. */
        REPLAYED,
        /** A person decided to leave it. */
        DISCARDED
    }
}
