/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.Arrays;
import java.util.Optional;

/** What a person can say that is meant for the session and not for the agent. */
enum Command {
    /** A new subject: turns and summary are left behind, the session's memory stays. */
    NEW("/new"),
    /** As {@link #NEW}, and the memory is left behind, too. */
    RESET("/reset"),
    /** The older turns are replaced by a summary. */
    COMPACT("/compact");

    private final String word;

    Command(String word) {
        this.word = word;
    }

    /** The command that a message is, with any blanks around it, or empty. */
    static Optional<Command> of(String text) {
        String stripped = text.strip();
        return Arrays.stream(values())
                .filter(command -> command.word.equals(stripped))
                .findFirst();
    }

    /** What a person types. */
    String word() {
        return word;
    }
}
