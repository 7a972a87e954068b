/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

/**
 * How well a tool answers a clause.
 *
 * @param card the tool
 * @param topical how much the words speak for it
 * @param action how much a word names what it does: 0 to 1
 * @param pattern how much the clause is like one of the tool's examples: 0 to 1
 * @param filling its arguments, as far as the clause gives them
 * @param total everything together; comparable among the tools of one clause only
 */
record Ranked(ToolCard card, double topical, double action, double pattern, Filling filling, double total) {

    boolean isComplete() {
        return filling.isComplete();
    }
}
