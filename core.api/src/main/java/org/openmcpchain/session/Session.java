/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

import java.time.Instant;
import java.util.Optional;

/**
 * A session as it stands.
 *
 * @param key its canonical key
 * @param principal who created it
 * @param mode what a message does while a run is at work
 * @param nextMode the mode that was asked for during a run; it holds from the next turn on
 * @param activeRun the run that is at work, or empty
 * @param epoch 1 at first, one more after each {@code /new} and {@code /reset}; context reaches back to its beginning
 * @param messages how many messages it ever got
 * @param pending how many of them wait for a run
 * @param turns how many runs it had
 * @param compactions how often its context was compacted
 * @param contextTokens how many tokens its context would take now, as a rule of thumb
 * @param seq the last entry of its stream
 * @param createdAt when it was created
 * @param updatedAt when something last happened
 */
public record Session(
        String key,
        String principal,
        MessageMode mode,
        Optional<MessageMode> nextMode,
        Optional<String> activeRun,
        int epoch,
        long messages,
        int pending,
        int turns,
        int compactions,
        int contextTokens,
        long seq,
        Instant createdAt,
        Instant updatedAt) {}
