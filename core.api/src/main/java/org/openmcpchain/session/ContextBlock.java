/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

/**
 * Something that a model is told beside the goal.
 *
 * @param kind what it is
 * @param source where it comes from: a run's id, a card's id, a file's name
 * @param text the words
 * @param tokens how many tokens they take, as a rule of thumb
 */
public record ContextBlock(Kind kind, String source, String text, int tokens) {

    /** What a block is. */
    public enum Kind {
        /** A summary of the older part of the session. */
        SUMMARY,
        /** What the session should keep in mind. */
        MEMORY,
        /** A knowledge card that fits the goal. */
        CARD,
        /** What a person said earlier. */
        SAID,
        /** What the agent answered then. */
        ANSWERED
    }
}
