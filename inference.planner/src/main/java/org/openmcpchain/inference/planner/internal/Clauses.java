/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cuts a goal into clauses that may each be a wish of its own: at the end of a sentence, at "then", and at an "and" or a
 * comma behind which something that a tool does is named. Cutting too often does no harm, the planner joins again what
 * does not stand alone.
 */
final class Clauses {

    private static final int MAX_CLAUSES = 6;
    private static final Set<String> ENDS = Set.of(".", "!", "?", ";");
    private static final Set<String> THEN = Set.of("then", "afterwards", "afterward", "finally");
    private static final Set<String> LEADS = Set.of(
            "also", "please", "then", "to", "i", "want", "need", "you", "could", "can", "me", "just", "now", "lets");

    private final Sentence sentence;
    private final Predicate<String> action;

    Clauses(Sentence sentence, Predicate<String> action) {
        this.sentence = sentence;
        this.action = action;
    }

    /**
     * A part of a goal.
     *
     * @param text its words, with the mark that ends it
     * @param continues whether it belongs to the same sentence as the part before it
     * @param sentence the whole sentence that it belongs to
     */
    record Clause(String text, boolean continues, String sentence) {}

    List<Clause> cut() {
        List<Clause> clauses = new ArrayList<>();
        int from = 0;
        int first = 0;
        boolean continues = false;
        for (int at = 0; at < size() && clauses.size() < MAX_CLAUSES - 1; at++) {
            if (endsSentence(at)) {
                add(clauses, from, at, continues, first);
                from = at + 1;
                first = from;
                continues = false;
            } else if (at > from && joins(at)) {
                add(clauses, from, at - 1, continues, first);
                from = at;
                continues = true;
            }
        }
        add(clauses, from, size() - 1, continues, first);
        return clauses;
    }

    private boolean endsSentence(int at) {
        return at < size() - 1
                        && sentence.tokens().get(at).is(Token.Kind.MARK)
                        && ENDS.contains(sentence.tokens().get(at).text())
                || at < size() - 1
                        && sentence.text()
                                .substring(
                                        sentence.tokens().get(at).end(),
                                        sentence.tokens().get(at + 1).start())
                                .contains("\n");
    }

    private boolean joins(int at) {
        String word = sentence.word(at);
        if (THEN.contains(word) && !sentence.word(at - 1).equals("and")) {
            return true;
        }
        boolean joint = word.equals("and")
                || word.equals("but")
                || word.equals("plus")
                || sentence.tokens().get(at).isMark(",");
        if (!joint) {
            return false;
        }
        if (THEN.contains(sentence.word(at + 1))
                || sentence.word(at + 1).equals("after")
                        && sentence.word(at + 2).equals("that")) {
            return true;
        }
        int next = at + 1;
        while (next < size() && LEADS.contains(sentence.word(next))) {
            next++;
        }
        boolean asks = Set.of("tell", "show", "check", "what", "how", "whats", "report", "find")
                .contains(sentence.word(next));
        boolean acts = next < size()
                && sentence.tokens().get(next).isWord()
                && sentence.entityAt(next) == null
                && action.test(sentence.tokens().get(next).stem());
        return asks || acts;
    }

    private void add(List<Clause> clauses, int first, int last, boolean continues, int start) {
        if (first <= last) {
            clauses.add(new Clause(sentence.words(first, last), continues, sentence.words(start, end(last))));
        }
    }

    private int end(int at) {
        int end = at;
        while (end < size() - 1 && !endsSentence(end)) {
            end++;
        }
        return end;
    }

    private int size() {
        return sentence.tokens().size();
    }
}
