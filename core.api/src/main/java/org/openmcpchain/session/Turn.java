/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message, or what else happened in a session, oldest first in a history.
 *
 * @param seq its place in the session's stream
 * @param at when
 * @param kind {@code message}, {@code turn}, {@code answer}, {@code compaction}, {@code reset} or {@code mode}
 * @param message the number of the message, or 0
 * @param principal who, or empty
 * @param text what was said or answered, or empty
 * @param run the run it belongs to, or empty
 * @param messages for a turn the messages that it answers
 */
public record Turn(
        long seq,
        Instant at,
        String kind,
        long message,
        Optional<String> principal,
        Optional<String> text,
        Optional<String> run,
        List<Long> messages) {

    /** Copies the list. */
    public Turn {
        messages = List.copyOf(messages);
    }
}
