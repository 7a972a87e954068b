/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.inference.planner.internal.Entity.Kind;

/**
 * Ranks the installed tools for one clause: by the words that they share with it (rare words count more, as in BM25, the
 * best few count most) and by how well the clause fills their arguments.
 */
final class Ranker {

    private static final double[] DIMINISHING = {1, 0.6, 0.35, 0.2};
    private static final int SHORT_LIST = 8;
    private static final double FILLER = 0.25;
    private static final double UNKNOWN = 0.12;
    private static final double ALIKE = 0.5;
    /** What an arrow between two assets says. */
    private static final String BECOMES = "convert";

    private final Lexicon lexicon;
    private final Vocabulary vocabulary;
    private final Catalogue catalogue;
    private final Sentence clause;
    private final Mood mood;
    private final Map<String, Double> query = new LinkedHashMap<>();
    private final List<Integer> unknown = new ArrayList<>();
    private final Pattern pattern;
    private final boolean asks;
    private String lead;

    Ranker(Lexicon lexicon, Vocabulary vocabulary, Catalogue catalogue, Sentence clause, Mood mood) {
        this.lexicon = lexicon;
        this.vocabulary = vocabulary;
        this.catalogue = catalogue;
        this.clause = clause;
        this.mood = mood;
        for (int at = 0; at < clause.tokens().size(); at++) {
            read(at);
        }
        this.pattern = Pattern.of(clause);
        this.asks = asks();
    }

    /** The tools with something in their favour, the best first. */
    List<Ranked> rank() {
        CandidateFinder finder = new CandidateFinder(lexicon, vocabulary, clause, mood);
        record Draft(ToolCard card, double topical, double action, double alike) {}
        return catalogue.cards().stream()
                .map(card -> new Draft(card, topical(card), action(card), pattern.similarity(card.patterns())))
                .filter(draft -> draft.topical() > 0.1 || draft.alike() > ALIKE)
                .sorted(Comparator.comparingDouble((Draft draft) -> -(draft.topical() + draft.action() + draft.alike()))
                        .thenComparing(draft -> draft.card().name()))
                .limit(SHORT_LIST)
                .map(draft -> ranked(finder, draft.card(), draft.topical(), draft.action(), draft.alike()))
                .sorted(Comparator.comparingDouble((Ranked ranked) -> -ranked.total())
                        .thenComparing(ranked -> ranked.card().name()))
                .toList();
    }

    /** Tools that only look and that the values alone fill, when the clause holds no word of its own. */
    List<Ranked> rankByValues() {
        CandidateFinder finder = new CandidateFinder(lexicon, vocabulary, clause, mood);
        boolean bare = unknown.isEmpty() && !clause.entities().isEmpty();
        return !bare
                ? List.of()
                : catalogue.cards().stream()
                        .filter(card ->
                                card.onlyReads() && card.parameters().stream().anyMatch(Parameter::required))
                        .map(card -> ranked(finder, card, 0, 0, 0))
                        .filter(ranked -> ranked.isComplete()
                                && ranked.filling().unused().isEmpty()
                                && ranked.filling().chosen().values().stream()
                                        .anyMatch(
                                                candidate -> candidate.entity().is(Kind.PAIR)
                                                        && !candidate.entity().weak()))
                        .toList();
    }

    /**
     * Whether a plain request begins with a word that no tool knows: then it asks for something that no tool does, however
     * well the rest fits.
     */
    boolean asksForTheUnknown() {
        return !asks && lead != null && !lead.isEmpty() && !catalogue.isKnown(lead);
    }

    /** Whether the clause says anything that a tool could be about. */
    boolean isTopical() {
        return !query.isEmpty() || !unknown.isEmpty();
    }

    private void read(int at) {
        Token token = clause.tokens().get(at);
        Entity entity = clause.entityAt(at);
        if (token.is(Token.Kind.ARROW) && isBetweenAssets(at)) {
            query.merge(lexicon.stem(BECOMES), 1.0, Math::max);
        }
        boolean value = entity != null && !(entity.is(Kind.ASSET) && entity.weak());
        if (!token.isWord() || mood.denied().get(at) || value || !lexicon.isContent(token.lower())) {
            return;
        }
        String phrase = lexicon.phrase(token.lower(), clause.word(at + 1));
        String stem = phrase == null ? catalogue.corrected(token.stem()) : lexicon.stem(phrase);
        boolean filler =
                phrase == null && (lexicon.is("filler", token.lower()) || lexicon.isStem("filler", token.stem()));
        boolean leads = clause.entities().isEmpty() || clause.entities().get(0).first() > at;
        lead = lead == null && !filler ? (leads ? stem : "") : lead;
        if (catalogue.isKnown(stem)) {
            double weight = phrase != null || stem.equals(token.stem()) ? 1 : 0.8;
            query.merge(stem, filler ? weight * FILLER : weight, Math::max);
        } else if (!filler && entity == null) {
            unknown.add(at);
        }
    }

    private boolean isBetweenAssets(int at) {
        Entity before = at > 0 ? clause.entityAt(at - 1) : null;
        Entity behind = at + 1 < clause.tokens().size() ? clause.entityAt(at + 1) : null;
        return before != null && before.is(Kind.ASSET) && behind != null && behind.is(Kind.ASSET);
    }

    private double topical(ToolCard card) {
        double[] parts = query.entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * catalogue.topical(card, entry.getKey()))
                .sorted()
                .toArray();
        double sum = 0;
        for (int i = 0; i < Math.min(parts.length, DIMINISHING.length); i++) {
            sum += parts[parts.length - 1 - i] * DIMINISHING[i];
        }
        return sum;
    }

    /** Fillers act in full: "give", "get" and "make" are verbs like others where a tool does just that. */
    private double action(ToolCard card) {
        return query.entrySet().stream()
                .mapToDouble(entry -> Math.max(entry.getValue(), 0.8) * catalogue.acting(card, entry.getKey()))
                .max()
                .orElse(0);
    }

    private Ranked ranked(CandidateFinder finder, ToolCard card, double topical, double action, double alike) {
        Filling filling = new SlotFiller(finder, clause, mood, card).fill();
        long strange = unknown.stream()
                .filter(at -> filling.chosen().values().stream()
                        .noneMatch(chosen -> chosen.entity().first() <= at
                                && at <= chosen.entity().last()))
                .count();
        double total =
                topical + 0.5 * action + filling.score() + 0.5 * alike + prior(card) - UNKNOWN * Math.min(3, strange);
        return new Ranked(card, topical, action, alike, filling, total);
    }

    /** A question leans towards tools that look, a plain request towards tools that act. */
    private double prior(ToolCard card) {
        return asks == card.onlyReads() ? 0.3 : 0;
    }

    private boolean asks() {
        if (!mood.isRequest()) {
            return true;
        }
        for (int at = 0; at < Math.min(8, clause.tokens().size()); at++) {
            if (lexicon.is("asking", clause.word(at))) {
                return true;
            }
            if (catalogue.isAction(clause.tokens().get(at).stem())) {
                return false;
            }
        }
        return false;
    }
}
