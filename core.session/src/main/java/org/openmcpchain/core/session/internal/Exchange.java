/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.List;

/**
 * A turn that has ended and is part of the context. The words are in the journal, not here.
 *
 * @param run its run
 * @param messages places of its messages in the session's stream, in the order in which the run was told
 * @param answer the place of its answer in the session's stream
 * @param length of all of its words, in UTF-16 code units; of the answer at most as much as a context shows
 */
record Exchange(String run, List<Long> messages, long answer, int length) {

    Exchange {
        messages = List.copyOf(messages);
    }

    /** How many tokens it takes, as a rule of thumb. */
    int tokens() {
        return Tokens.of(length);
    }
}
