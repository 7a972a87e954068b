/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * In which spirit a clause is said. Only {@link Kind#REQUEST} may reach a tool that changes anything.
 *
 * @param kind the spirit
 * @param denied tokens that a negation covers; they are evidence for nothing
 * @param aside the part of these that denies a deed; the values in it are not meant either
 * @param conditions words that make the wish depend on something else
 */
record Mood(Kind kind, BitSet denied, BitSet aside, Set<String> conditions) {

    enum Kind {
        /** Do it. */
        REQUEST,
        /** What is …? */
        QUESTION,
        /** How would I …? What if …? What is said after it in the same sentence is not meant either. */
        HYPOTHESIS,
        /** I did …, she does … */
        NARRATIVE,
        /** Forget it. */
        RETRACTION
    }

    private static final Set<String> WH = Set.of(
            "what", "whats", "which", "who", "whos", "whose", "whom", "how", "hows", "when", "where", "wheres", "why");
    private static final Set<String> POLITE_AUXILIARY = Set.of("can", "could", "would", "will");
    private static final Set<String> AUXILIARY = Set.of(
            "is", "are", "was", "were", "do", "does", "did", "am", "has", "have", "had", "shall", "should", "may",
            "might", "must", "can", "could", "would", "will", "isnt", "arent", "doesnt");
    private static final Set<String> PRONOUNS =
            Set.of("i", "we", "you", "he", "she", "it", "they", "there", "this", "that", "anyone", "someone", "people");
    private static final Set<String> GREETINGS = Set.of(
            "hi",
            "hello",
            "hey",
            "dear",
            "ok",
            "okay",
            "so",
            "well",
            "now",
            "then",
            "and",
            "also",
            "just",
            "please",
            "bot",
            "assistant",
            "agent",
            "good",
            "morning",
            "evening",
            "afternoon",
            "yes",
            "alright",
            "first",
            "next",
            "finally",
            "afterwards",
            "after",
            "that",
            "but");
    private static final Set<String> WISH = Set.of(
            "want", "need", "like", "love", "wish", "wanna", "please", "kindly", "lets", "let", "gimme", "get", "have");
    private static final Set<String> PAST = Set.of(
            "sold",
            "bought",
            "sent",
            "gave",
            "got",
            "made",
            "lent",
            "paid",
            "spent",
            "kept",
            "held",
            "took",
            "went",
            "wrote",
            "withdrew");
    private static final Set<String> EMBEDDED = Set.of("how", "why", "whether", "wondering", "wonder", "if", "when");
    private static final int MAX_DENIAL = 12;

    /** Reads the mood of a clause; {@code action} tells whether a stem names something that a tool does. */
    static Mood of(Lexicon lexicon, Sentence clause, Predicate<String> action) {
        return new Reader(lexicon, clause, action).read();
    }

    /** Whether something that changes the world may follow. */
    boolean isRequest() {
        return kind == Kind.REQUEST;
    }

    private static final class Reader {

        private final Lexicon lexicon;
        private final Sentence clause;
        private final Predicate<String> action;
        private final BitSet aside = new BitSet();
        private final int start;

        Reader(Lexicon lexicon, Sentence clause, Predicate<String> action) {
            this.lexicon = lexicon;
            this.clause = clause;
            this.action = action;
            int at = 0;
            while (at < size() && (GREETINGS.contains(word(at)) || isSoftMark(at)) && !startsCondition(at)) {
                at++;
            }
            this.start = at;
        }

        Mood read() {
            BitSet denied = denied();
            Set<String> conditions = new LinkedHashSet<>();
            for (int at = 0; at < size(); at++) {
                boolean polite = word(at).equals("if")
                                && (word(at + 1).equals("you") || word(at + 1).equals("possible"))
                        || word(at).equals("once") && word(at - 1).equals("at");
                if (lexicon.is("condition", word(at))
                        && !polite
                        && !word(at + 1).equals("that")
                        && clause.entityAt(at) == null) {
                    conditions.add(word(at));
                }
            }
            return new Mood(kind(denied), denied, aside, conditions);
        }

        private Kind kind(BitSet denied) {
            if (isRetraction()) {
                return Kind.RETRACTION;
            }
            int act = firstAction(denied);
            if (isExplanation(act)) {
                return Kind.HYPOTHESIS;
            }
            Kind asked = asked(act);
            if (asked != null) {
                return asked;
            }
            if (isEmbedded(act)) {
                return Kind.HYPOTHESIS;
            }
            if (act >= 0 && isNarrated(act)) {
                // "Look up what it costs" only sounds like a story; it still reaches no tool that changes anything.
                return lexicon.is("asking", word(start)) ? Kind.QUESTION : Kind.NARRATIVE;
            }
            boolean doubtful = endsWithQuestionMark() && !hasWish(size());
            return doubtful ? Kind.QUESTION : Kind.REQUEST;
        }

        private Kind asked(int act) {
            String first = word(start);
            String second = word(start + 1);
            boolean condition = first.equals("when") && !AUXILIARY.contains(second);
            if (WH.contains(first) && !condition) {
                boolean wish = first.equals("what")
                        && second.equals("i")
                        && (word(start + 2).equals("want") || word(start + 2).equals("need"));
                if (wish && !endsWithQuestionMark()) {
                    return null;
                }
                boolean open = first.equals("why")
                        || first.equals("how") && !second.equals("much") && !second.equals("many")
                        || second.equals("if")
                        || second.startsWith("happen");
                return open ? Kind.HYPOTHESIS : Kind.QUESTION;
            }
            if (!AUXILIARY.contains(first)) {
                return null;
            }
            if (POLITE_AUXILIARY.contains(first) && second.equals("you")) {
                return null;
            }
            boolean mayHave = (second.equals("i") || second.equals("we"))
                    && Set.of("can", "could", "may").contains(first)
                    && (isHave(start + 2) || word(start + 2).equals("please") && isHave(start + 3));
            if (mayHave) {
                return null;
            }
            boolean command = (first.equals("do") || first.equals("have")) && !PRONOUNS.contains(second) && act >= 0;
            return command ? null : Kind.HYPOTHESIS;
        }

        private boolean isHave(int at) {
            return word(at).equals("get") || word(at).equals("have");
        }

        /** "Show me how to …", "I wonder whether …", but not "I was wondering if you could …". */
        private boolean isEmbedded(int act) {
            for (int at = start; at < act; at++) {
                String word = word(at);
                boolean how =
                        word.equals("what") && Set.of("would", "happens", "if").contains(word(at + 1));
                boolean leads = at == start && (word.equals("if") || word.equals("when"));
                if (leads && !asksLater(at + 1)) {
                    continue;
                }
                if (EMBEDDED.contains(word) || how) {
                    return !youCould(at, act);
                }
            }
            return false;
        }

        private boolean asksLater(int from) {
            for (int at = from; at < size(); at++) {
                if (WH.contains(word(at)) && !word(at).equals("when")) {
                    return true;
                }
            }
            return endsWithQuestionMark();
        }

        private boolean youCould(int from, int act) {
            for (int at = from; at < act; at++) {
                if (word(at).equals("you") && POLITE_AUXILIARY.contains(word(at + 1))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isExplanation(int act) {
            int end = act < 0 ? size() : act;
            for (int at = start; at < end; at++) {
                if (lexicon.is("explain", word(at)) && !action.test(stem(at))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isNarrated(int act) {
            String word = word(act);
            boolean past = word.endsWith("ed") && !stem(act).equals(word) || PAST.contains(word);
            boolean adjective = word(act - 1).endsWith("ly")
                    || Set.of("a", "an", "the", "be", "gets", "new").contains(word(act - 1));
            if (past && !adjective && !hasWish(act)) {
                return true;
            }
            boolean third = word.endsWith("s")
                    && !stem(act).equals(word)
                    && act > start
                    && (clause.entityAt(act - 1) != null
                            || PRONOUNS.contains(word(act - 1))
                            || clause.tokens().get(act - 1).isWord()
                                    && Character.isUpperCase(
                                            clause.tokens().get(act - 1).text().charAt(0)));
            boolean progressive = word.endsWith("ing")
                    && (word(act - 1).equals("was") || word(act - 1).equals("were"));
            return third && !hasWish(act) || progressive;
        }

        private boolean hasWish(int end) {
            for (int at = 0; at < end; at++) {
                if (WISH.contains(word(at)) || word(at).equals("you") && POLITE_AUXILIARY.contains(word(at - 1))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isRetraction() {
            String two = word(start) + "-" + word(start + 1);
            String three = two + "-" + word(start + 2);
            boolean bareNo = start < size()
                    && size() - start <= 2
                    && Set.of("no", "nope", "cancel", "stop", "abort").contains(word(start));
            return bareNo
                    || lexicon.is("retract", word(start))
                    || lexicon.is("retract", two)
                    || lexicon.is("retract", three);
        }

        private BitSet denied() {
            BitSet denied = new BitSet();
            for (int at = 0; at < size(); at++) {
                int from = behindNegator(at);
                if (from > at && !isLimit(from)) {
                    int end = Math.min(size(), word(at).equals("no") ? from + 2 : from + MAX_DENIAL);
                    int last = at;
                    while (last < end && !endsDenial(last, from)) {
                        last++;
                    }
                    denied.set(at, last);
                    if (IntStream.range(at, last).anyMatch(i -> action.test(stem(i)))) {
                        aside.set(at, last);
                    }
                }
            }
            return denied;
        }

        private int behindNegator(int at) {
            if (clause.entityAt(at) != null) {
                return at;
            }
            if (word(at).equals("no") || lexicon.is("negator", word(at))) {
                return at + 1;
            }
            if (lexicon.is("undo", word(at)) && !action.test(stem(at))) {
                return at + 1;
            }
            boolean two = word(at).equals("instead") && word(at + 1).equals("of")
                    || word(at).equals("rather") && word(at + 1).equals("than");
            return two ? at + 2 : at;
        }

        private boolean isLimit(int at) {
            for (int i = at; i < Math.min(size(), at + 2); i++) {
                if (lexicon.is("limit", word(i)) || lexicon.isStem("limit", stem(i))) {
                    return true;
                }
            }
            return word(at).equals("only") || word(at).equals("forget") || word(at).equals("hesitate");
        }

        private boolean endsDenial(int at, int from) {
            return at >= from
                    && (word(at).equals("but")
                            || word(at).equals("just")
                            || word(at).equals("instead")
                            || isSoftMark(at));
        }

        private int firstAction(BitSet denied) {
            for (int at = start; at < size(); at++) {
                if (clause.tokens().get(at).isWord()
                        && !denied.get(at)
                        && clause.entityAt(at) == null
                        && action.test(stem(at))) {
                    return at;
                }
            }
            return -1;
        }

        private boolean startsCondition(int at) {
            return word(at).equals("after") && !word(at + 1).equals("that");
        }

        private boolean isSoftMark(int at) {
            return at < size()
                    && clause.tokens().get(at).is(Token.Kind.MARK)
                    && ",;:.!?-".contains(clause.tokens().get(at).text());
        }

        private boolean endsWithQuestionMark() {
            List<Token> tokens = clause.tokens();
            return !tokens.isEmpty() && tokens.get(tokens.size() - 1).isMark("?");
        }

        private String word(int at) {
            return clause.word(at);
        }

        private String stem(int at) {
            return at >= 0 && at < size() ? clause.tokens().get(at).stem() : "";
        }

        private int size() {
            return clause.tokens().size();
        }
    }
}
