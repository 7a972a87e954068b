/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.Optional;
import org.openmcpchain.session.MessageMode;

/**
 * A message that no run has taken yet. Its words are in the journal, not here.
 *
 * @param number its number in the session
 * @param seq its place in the session's stream
 * @param mode what it does while a run is at work: its own mode, or that of the session when it came
 * @param principal who said it
 * @param network the CAIP-2 name of the network, or empty
 * @param command what it tells the session to do, or empty
 * @param length its length in UTF-16 code units
 */
record Waiting(
        long number,
        long seq,
        MessageMode mode,
        String principal,
        Optional<String> network,
        Optional<Command> command,
        int length) {

    /** The same message, which waits for a run of its own from now on. */
    Waiting asFollowUp() {
        return new Waiting(number, seq, MessageMode.FOLLOW_UP, principal, network, command, length);
    }

    /** Whether both may be said to one run: a run acts for one person on one network. */
    boolean isOfOneKindWith(Waiting other) {
        return principal.equals(other.principal) && network.equals(other.network);
    }
}
