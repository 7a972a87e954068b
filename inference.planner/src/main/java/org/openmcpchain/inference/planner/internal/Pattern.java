/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The words of a sentence, function words among them, with each value replaced by its kind: what is alike in two
 * sentences that ask for the same with other values.
 *
 * @param parts the stems, and kinds of values in angle brackets
 */
record Pattern(Set<String> parts) {

    /** Copies the parts. */
    Pattern {
        parts = Set.copyOf(parts);
    }

    static Pattern of(Sentence sentence) {
        Set<String> parts = new HashSet<>();
        for (int at = 0; at < sentence.tokens().size(); at++) {
            Entity entity = sentence.entityAt(at);
            Token token = sentence.tokens().get(at);
            if (entity != null) {
                parts.add("<" + entity.kind() + ">");
            } else if (token.isWord()) {
                parts.add(token.stem());
            }
        }
        return new Pattern(parts);
    }

    /** The likeness to the most alike of these: 0 to 1 (Jaccard's index). */
    double similarity(List<Pattern> others) {
        double best = 0;
        for (Pattern other : others) {
            long common = parts.stream().filter(other.parts::contains).count();
            long all = parts.size() + other.parts.size() - common;
            best = Math.max(best, all == 0 ? 0 : common / (double) all);
        }
        return best;
    }
}
