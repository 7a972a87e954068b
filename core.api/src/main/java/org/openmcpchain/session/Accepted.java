/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

import java.util.Optional;

/**
 * What became of a message.
 *
 * @param session the session
 * @param message its number in the session, from 1
 * @param created false when the client id was known already and this is the earlier message
 * @param effect what it did
 * @param run the run that it started, steered or interrupted, or empty while it waits
 */
public record Accepted(Session session, long message, boolean created, Effect effect, Optional<String> run) {

    /** What a message did. */
    public enum Effect {
        /** It became a run at once. */
        STARTED,
        /** It waits for its turn. */
        QUEUED,
        /** It was handed to the run at work. */
        STEERED,
        /** It ends the run at work and is next. */
        INTERRUPTED,
        /** It was a command, which was carried out. */
        COMMAND
    }
}
