/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

/** What a message does that arrives while the session's run is at work. No mode ever drops one. */
public enum MessageMode {
    /** It is handed to the run that is at work, before its next step; what a run no longer took becomes a run of its own. */
    STEER,
    /** It waits and becomes a run of its own, in its order. */
    FOLLOW_UP,
    /** It waits; what has gathered when the run ends becomes one run together, each message with its own mark. */
    COLLECT,
    /** It ends the run that is at work, and becomes the next one. */
    INTERRUPT,
    /** It is refused with {@code SESSION_BUSY}. */
    REFUSE
}
