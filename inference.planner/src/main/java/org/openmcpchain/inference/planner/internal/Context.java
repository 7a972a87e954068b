/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The neighbours of a value in a sentence: stems of words, or the kind of another value in angle brackets. The nearest
 * comes first.
 *
 * @param left up to three before it
 * @param right up to two behind it
 */
record Context(List<String> left, List<String> right) {

    private static final double[] LEFT = {0.55, 0.25, 0.1};
    private static final double[] RIGHT = {0.4, 0.2};
    private static final Set<String> SKIPPED = Set.of(
            "a", "an", "the", "my", "your", "our", "his", "her", "their", "some", "just", "please", "about", "exactly",
            "only", "any", "that", "this");

    /** Copies the lists. */
    Context {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    /** The neighbours of the tokens from first to last. */
    static Context of(Sentence sentence, int first, int last) {
        List<String> left = new ArrayList<>();
        for (int at = first - 1; at >= 0 && left.size() < LEFT.length; at--) {
            Entity entity = sentence.entityAt(at);
            if (entity != null && entity.last() < first) {
                left.add("<" + entity.kind() + ">");
                at = entity.first();
            } else {
                add(left, sentence.tokens().get(at));
            }
        }
        List<String> right = new ArrayList<>();
        for (int at = last + 1; at < sentence.tokens().size() && right.size() < RIGHT.length; at++) {
            Entity entity = sentence.entityAt(at);
            if (entity != null && entity.first() > last) {
                right.add("<" + entity.kind() + ">");
                at = entity.last();
            } else {
                add(right, sentence.tokens().get(at));
            }
        }
        return new Context(left, right);
    }

    /** How alike two neighbourhoods are: 0 to 1.5. */
    double similarity(Context other, Lexicon lexicon) {
        return similarity(left, other.left, LEFT, lexicon) + similarity(right, other.right, RIGHT, lexicon);
    }

    private static double similarity(List<String> a, List<String> b, double[] weights, Lexicon lexicon) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            double best = 0;
            for (int j = 0; j < b.size(); j++) {
                double alike = alike(a.get(i), b.get(j), lexicon);
                best = Math.max(best, alike * Math.min(weights[i], weights[j]));
            }
            sum += best;
        }
        return sum;
    }

    private static double alike(String a, String b, Lexicon lexicon) {
        if (a.equals(b)) {
            return a.startsWith("<") ? 0.4 : 1;
        }
        return a.startsWith("<") || b.startsWith("<") ? 0 : lexicon.similarity(a, b);
    }

    private static void add(List<String> words, Token token) {
        if (token.isWord() && !SKIPPED.contains(token.lower()) || token.is(Token.Kind.ARROW)) {
            words.add(token.stem());
        }
    }
}
