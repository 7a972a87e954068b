/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.Set;
import org.openmcpchain.inference.planner.internal.Entity.Kind;

/**
 * Tells on which side of an exchange a value stands, from the grammar of the sentence: the verb whose object it is, and
 * the preposition before it. "Buy A for B" and "sell B for A" give both values the same roles.
 */
final class RoleReader {

    private static final Set<String> TOWARDS = Set.of("into", "to", "onto", "toward", "towards", "receiving");
    private static final Set<String> AWAY = Set.of("from", "with", "using", "off", "spending", "paying", "selling");
    private static final Set<String> IS = Set.of("is", "are", "does", "do", "will", "would", "can", "could");

    private final Lexicon lexicon;
    private final Sentence sentence;

    RoleReader(Lexicon lexicon, Sentence sentence) {
        this.lexicon = lexicon;
        this.sentence = sentence;
    }

    /** The role of an amount or an asset; an asset shares the role of the amount right before it. */
    Role of(Entity entity) {
        int start = entity.first();
        Entity before = start > 0 ? sentence.entityAt(start - 1) : null;
        boolean hasAmount = entity.is(Kind.AMOUNT);
        if (entity.is(Kind.ASSET) && before != null && before.is(Kind.AMOUNT)) {
            start = before.first();
            hasAmount = true;
        }
        if (howMuch(start)) {
            return Role.GOAL;
        }
        return role(start, end(entity), hasAmount);
    }

    private Role role(int start, int end, boolean hasAmount) {
        String preposition = "";
        boolean crossed = false;
        boolean behindVerb = false;
        for (int at = start - 1; at >= 0; at--) {
            if (sentence.entityAt(at) != null) {
                crossed = true;
                continue;
            }
            if (sentence.tokens().get(at).is(Token.Kind.ARROW)) {
                return crossed ? Role.NONE : Role.GOAL;
            }
            String word = sentence.word(at);
            String stem = sentence.tokens().get(at).stem();
            if (!crossed && !behindVerb && preposition.isEmpty()) {
                preposition = preposition(word, at);
            }
            if (sentence.word(at - 1).equals("in") && (word.equals("exchange") || word.equals("return"))) {
                continue;
            }
            if (lexicon.is("get", word) && hasParticiple(end)) {
                return Role.NONE;
            }
            boolean give = lexicon.isStem("give", stem);
            boolean get = lexicon.isStem("get", stem) && !followedByVerb(at);
            if (preposition.isEmpty() && hasAmount && !crossed && IS.contains(word) && isAsked()) {
                return Role.SOURCE;
            }
            if ((give || get) && !AWAY.contains(preposition)) {
                return behindVerb && preposition.isEmpty() ? Role.NONE : byVerb(give, preposition, end);
            }
            behindVerb |= !word.isEmpty() && lexicon.isContent(word) && !lexicon.is("filler", word);
        }
        return byPreposition(preposition, end, hasAmount, crossed && behindVerb);
    }

    private Role byVerb(boolean give, String preposition, int end) {
        return switch (preposition) {
            case "" -> give || isWorthOf(end) ? Role.SOURCE : Role.GOAL;
            case "for", "against" -> give ? Role.GOAL : Role.SOURCE;
            case "on" -> give ? Role.GOAL : Role.NONE;
            default -> TOWARDS.contains(preposition) || preposition.equals("in") || preposition.equals("of")
                    ? Role.GOAL
                    : Role.SOURCE;
        };
    }

    private Role byPreposition(String preposition, int end, boolean hasAmount, boolean isExchanged) {
        if (AWAY.contains(preposition)) {
            return Role.SOURCE;
        }
        if (TOWARDS.contains(preposition) || preposition.equals("of") || preposition.equals("in")) {
            return Role.GOAL;
        }
        if (preposition.equals("for")) {
            boolean paid = hasAmount && (isAsked() || !isExchanged || lexicon.is("estimate", firstContent()));
            return paid || asksHowMuch() ? Role.SOURCE : Role.GOAL;
        }
        String next = sentence.word(end + 1);
        boolean arrow = end + 1 < sentence.tokens().size()
                && sentence.tokens().get(end + 1).is(Token.Kind.ARROW);
        boolean leaves = arrow || TOWARDS.contains(next) || isWorthOf(end) || lexicon.is("get", next);
        return leaves ? Role.SOURCE : Role.NONE;
    }

    /** The preposition at this place as far as it governs a value: "worth of" counts as "of". */
    private String preposition(String word, int at) {
        if (word.equals("of")) {
            return sentence.word(at - 1).equals("worth")
                    ? "of"
                    : sentence.word(at - 1).equals("out") ? "from" : "";
        }
        if (word.equals("worth")) {
            return "with";
        }
        boolean governs = TOWARDS.contains(word)
                || AWAY.contains(word)
                || word.equals("for")
                || word.equals("against")
                || word.equals("on")
                || word.equals("in");
        return governs ? word : "";
    }

    /** "get it sold": the participle is the verb. */
    private boolean hasParticiple(int end) {
        String next = sentence.word(end + 1);
        return next.length() > 4 && next.endsWith("ed")
                || lexicon.isStem(
                                "give",
                                sentence.word(end + 1).isEmpty()
                                        ? ""
                                        : sentence.tokens().get(end + 1).stem())
                        && !next.isEmpty()
                        && !sentence.tokens().get(end + 1).stem().equals(next);
    }

    /** "want to sell": the wish is no verb of its own. */
    private boolean followedByVerb(int at) {
        return sentence.word(at + 1).equals("to");
    }

    private boolean isWorthOf(int end) {
        return sentence.word(end + 1).equals("worth")
                || sentence.word(end + 1).equals("s") && sentence.word(end + 2).equals("worth");
    }

    private boolean howMuch(int start) {
        String word = sentence.word(start - 1);
        return (word.equals("much") || word.equals("many"))
                        && sentence.word(start - 2).equals("how")
                || word.equals("what") && isAsked();
    }

    private String firstContent() {
        for (int at = 0; at < sentence.tokens().size(); at++) {
            if (lexicon.isContent(sentence.word(at)) && !lexicon.is("filler", sentence.word(at))) {
                return sentence.word(at);
            }
        }
        return "";
    }

    private boolean asksHowMuch() {
        for (int at = 1; at < sentence.tokens().size(); at++) {
            boolean amount =
                    sentence.word(at).equals("much") || sentence.word(at).equals("many");
            if (amount && sentence.word(at - 1).equals("how")) {
                return true;
            }
        }
        return false;
    }

    private boolean isAsked() {
        for (int at = 0; at < Math.min(sentence.tokens().size(), 12); at++) {
            String word = sentence.word(at);
            if (word.equals("how") || word.equals("what") || word.equals("whats")) {
                return true;
            }
        }
        return false;
    }

    private int end(Entity entity) {
        if (entity.is(Kind.AMOUNT)) {
            Entity unit = entity.last() + 1 < sentence.tokens().size() ? sentence.entityAt(entity.last() + 1) : null;
            return unit != null && unit.is(Kind.ASSET) ? unit.last() : entity.last();
        }
        return entity.last();
    }
}
