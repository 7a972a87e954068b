/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.openmcpchain.inference.planner.internal.Plan.Calls;
import org.openmcpchain.inference.planner.internal.Plan.Step;

/**
 * Makes a plan of a goal: cuts it into clauses, finds the tool and the arguments of each, and refuses whatever it would
 * have to guess. The same goal, tools and names give the same plan, whatever the order of the tools.
 */
final class Planner {

    private static final double TRANSACTION_ACTION = 0.4;
    private static final double MIN_TOPICAL = 0.25;
    private static final double MIN_TOTAL = 0.3;
    private static final double MARGIN = 0.1;
    private static final double NEAR = 0.5;
    private static final double READ_TOPICAL = 0.35;
    private static final double READ_PATTERN = 0.6;
    private static final double SURE_TOPICAL = 0.8;
    private static final int FULL = 3;
    private static final int MAX_STEPS = 5;

    private final Lexicon lexicon;

    Planner(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /**
     * What to do about a goal.
     *
     * @param network how people call the network at hand, lower-case, or an empty text
     */
    Plan plan(String goal, Vocabulary vocabulary, String network, Catalogue catalogue) {
        Sentence sentence = Sentence.read(lexicon, vocabulary, goal);
        return new Reading(vocabulary, network, catalogue, new Wording(vocabulary, catalogue)).plan(sentence);
    }

    /** The work on one goal. */
    private final class Reading {

        private final Vocabulary vocabulary;
        private final String network;
        private final Catalogue catalogue;
        private final Wording wording;
        private Set<String> conditions = Set.of();

        Reading(Vocabulary vocabulary, String network, Catalogue catalogue, Wording wording) {
            this.vocabulary = vocabulary;
            this.network = network;
            this.catalogue = catalogue;
            this.wording = wording;
        }

        Plan plan(Sentence goal) {
            conditions = Mood.of(lexicon, goal, catalogue::isAction).conditions();
            List<Clauses.Clause> clauses = new Clauses(goal, catalogue::isAction).cut();
            if (clauses.size() < 2) {
                return decide(goal, null);
            }
            List<Part> parts = parts(clauses);
            if (parts.stream().anyMatch(part -> part.mood.kind() == Mood.Kind.RETRACTION)) {
                return wording.retracted();
            }
            List<Part> joined = joined(parts);
            if (joined.isEmpty()) {
                return decide(goal, null);
            }
            if (joined.stream().allMatch(part -> part.plan instanceof Calls)) {
                return sequence(joined);
            }
            Plan whole = decide(goal, null);
            return whole instanceof Calls || joined.size() < 2 ? whole : partly(joined, whole);
        }

        private List<Part> parts(List<Clauses.Clause> clauses) {
            List<Part> parts = new ArrayList<>();
            Mood.Kind inherited = null;
            for (Clauses.Clause clause : clauses) {
                boolean asked = clause.sentence().endsWith("?");
                Sentence whole = Sentence.read(lexicon, vocabulary, clause.sentence());
                boolean polite =
                        asked && Mood.of(lexicon, whole, catalogue::isAction).isRequest();
                String text = polite ? withoutMark(clause.text()) : clause.text();
                Sentence sentence = Sentence.read(lexicon, vocabulary, text);
                Mood mood = Mood.of(lexicon, sentence, catalogue::isAction);
                Mood.Kind own = asked && !polite && mood.isRequest() ? Mood.Kind.QUESTION : mood.kind();
                boolean open = inherited == Mood.Kind.HYPOTHESIS || inherited == Mood.Kind.NARRATIVE;
                inherited = clause.continues() && open ? inherited : own;
                Part part = new Part(text, inherited, mood, decide(sentence, inherited));
                if (!isIdle(sentence, mood, part.plan)) {
                    parts.add(part);
                }
            }
            return parts;
        }

        private static String withoutMark(String text) {
            return text.endsWith("?") ? text.substring(0, text.length() - 1) : text;
        }

        /** "Hi there.", "Thanks!", "but do not mint": nothing that asks for anything. */
        private boolean isIdle(Sentence sentence, Mood mood, Plan plan) {
            boolean says = new Ranker(lexicon, vocabulary, catalogue, sentence, mood).isTopical();
            boolean holds = sentence.entities().stream().anyMatch(Entity::mustBeUsed);
            boolean idle = plan instanceof Plan.Say && (!mood.denied().isEmpty() || mood.kind() == Mood.Kind.NARRATIVE);
            return mood.kind() != Mood.Kind.RETRACTION && (idle || !says && !holds);
        }

        /** Joins a part that does not stand alone with the one before it, where both together do. */
        private List<Part> joined(List<Part> parts) {
            List<Part> joined = new ArrayList<>();
            for (Part part : parts) {
                Part last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
                boolean alone = part.plan instanceof Calls && (last == null || last.plan instanceof Calls);
                if (last != null && !alone) {
                    String text = last.text + " " + part.text;
                    Sentence sentence = Sentence.read(lexicon, vocabulary, text);
                    Plan plan = decide(sentence, stricter(last.inherited, part.inherited));
                    if (plan instanceof Calls) {
                        joined.set(joined.size() - 1, new Part(text, last.inherited, last.mood, plan));
                        continue;
                    }
                }
                joined.add(part);
            }
            return joined;
        }

        /** A spirit in which nothing may be done holds for both; otherwise the joined text shows its own. */
        private static Mood.Kind stricter(Mood.Kind one, Mood.Kind other) {
            for (Mood.Kind kind :
                    List.of(Mood.Kind.RETRACTION, Mood.Kind.HYPOTHESIS, Mood.Kind.NARRATIVE, Mood.Kind.QUESTION)) {
                if (one == kind || other == kind) {
                    return kind;
                }
            }
            return null;
        }

        private Plan sequence(List<Part> parts) {
            List<Step> steps = new ArrayList<>();
            Set<String> seen = new LinkedHashSet<>();
            for (Part part : parts) {
                for (Step step : ((Calls) part.plan).steps()) {
                    if (seen.add(step.card().name() + step.arguments())) {
                        steps.add(step);
                    }
                }
            }
            return new Calls(steps, "");
        }

        /** Only looking may be done by halves; what changes anything waits until the whole goal is clear. */
        private Plan partly(List<Part> parts, Plan whole) {
            Part open = parts.stream()
                    .filter(part -> !(part.plan instanceof Calls))
                    .findFirst()
                    .orElseThrow();
            List<Step> steps = new ArrayList<>();
            for (Part part : parts.subList(0, parts.indexOf(open))) {
                steps.addAll(((Calls) part.plan).steps());
            }
            boolean looks = !steps.isEmpty()
                    && steps.stream().allMatch(step -> step.card().onlyReads());
            boolean waits = !conditions.isEmpty() && open.plan instanceof Plan.Ask;
            if (looks && !waits) {
                return new Calls(steps, wording.leftOut(open.text, open.plan));
            }
            if (steps.isEmpty()) {
                return open.plan instanceof Plan.NoTool ? whole : open.plan;
            }
            return wording.halfClear(open.text, open.plan);
        }

        private Plan decide(Sentence sentence, Mood.Kind inherited) {
            Mood own = Mood.of(lexicon, sentence, catalogue::isAction);
            Mood mood = inherited == null ? own : new Mood(inherited, own.denied(), own.aside(), own.conditions());
            if (mood.kind() == Mood.Kind.RETRACTION) {
                return wording.retracted();
            }
            Ranker ranker = new Ranker(lexicon, vocabulary, catalogue, sentence, mood);
            List<Ranked> fitting = ranker.rank().stream()
                    .filter(ranked -> fits(ranked, ranker))
                    .toList();
            List<Ranked> allowed = fitting.stream()
                    .filter(ranked ->
                            mood.isRequest() || ranked.card().onlyReads() && mood.kind() != Mood.Kind.NARRATIVE)
                    .toList();
            if (allowed.isEmpty() && fitting.isEmpty()) {
                allowed = ranker.rankByValues();
            }
            if (allowed.isEmpty()) {
                return withoutTool(sentence, mood, fitting, ranker);
            }
            return choose(sentence, mood, fitting, allowed);
        }

        private Plan withoutTool(Sentence sentence, Mood mood, List<Ranked> fitting, Ranker ranker) {
            if (!fitting.isEmpty()) {
                return wording.explained(fitting.get(0).card(), mood);
            }
            if (deniesSomething(sentence, mood)) {
                return wording.nothing();
            }
            Ranked near = ranker.rank().stream()
                    .filter(ranked -> ranked.topical() >= NEAR)
                    .findFirst()
                    .orElse(null);
            if (near == null || near.card().onlyReads()) {
                return wording.noTool(sentence);
            }
            if (!mood.isRequest()) {
                return wording.explained(near.card(), mood);
            }
            return near.isComplete() ? wording.meant(near) : wording.noTool(sentence);
        }

        private boolean deniesSomething(Sentence sentence, Mood mood) {
            return mood.denied().stream()
                    .anyMatch(at -> catalogue.isAction(sentence.tokens().get(at).stem()));
        }

        private Plan choose(Sentence sentence, Mood mood, List<Ranked> fitting, List<Ranked> allowed) {
            Ranked best = allowed.get(0);
            Ranked meant = fitting.isEmpty() ? best : fitting.get(0);
            if (meant != best && !best.isComplete() && meant.total() > best.total()) {
                return wording.explained(meant.card(), mood);
            }
            Ranked rival = allowed.size() > 1 ? allowed.get(1) : null;
            if (rival != null && rival.total() > best.total() - MARGIN && rival.isComplete() && best.isComplete()) {
                return wording.which(best, rival);
            }
            if (!best.card().onlyReads()) {
                Plan doubt = doubt(sentence, mood, best);
                if (doubt != null) {
                    return doubt;
                }
            }
            if (!best.isComplete()) {
                return wording.ask(sentence, best);
            }
            return new Calls(steps(best.filling(), wording.thought(sentence, best, rival)), "");
        }

        /** A wish that hangs on something else, or is meant for another network, is not carried out. */
        private Plan doubt(Sentence sentence, Mood mood, Ranked best) {
            int act = firstAction(sentence, mood);
            if (isGoverned(sentence, act)) {
                return wording.meant(best);
            }
            for (Candidate chosen : best.filling().chosen().values()) {
                Entity entity = chosen.entity();
                String before = sentence.word(entity.first() - 1);
                boolean later = before.equals("in") || before.equals("after");
                if (entity.is(Entity.Kind.DURATION) && later && entity.last() < act) {
                    return wording.conditional(before + " " + entity.said(), best);
                }
            }
            for (String condition : conditions) {
                boolean consumed = best.filling().chosen().values().stream()
                        .anyMatch(chosen -> covers(sentence, chosen.entity(), condition));
                if (!consumed && !best.card().words().contains(condition)) {
                    return wording.conditional(condition, best);
                }
            }
            for (int at = 1; at < sentence.tokens().size(); at++) {
                String word = sentence.word(at);
                boolean on = sentence.word(at - 1).equals("on")
                        || sentence.word(at - 1).equals("via");
                if (on && lexicon.is("network", word) && !network.contains(word)) {
                    return wording.otherNetwork(word, network);
                }
            }
            return null;
        }

        private int firstAction(Sentence sentence, Mood mood) {
            for (int at = 0; at < sentence.tokens().size(); at++) {
                boolean free = !mood.denied().get(at) && sentence.entityAt(at) == null;
                if (free
                        && sentence.tokens().get(at).isWord()
                        && catalogue.isAction(sentence.tokens().get(at).stem())) {
                    return at;
                }
            }
            return -1;
        }

        /** "Audit the swap", "the word mint": a strange word right before the deed may turn it into something else. */
        private boolean isGoverned(Sentence sentence, int act) {
            for (int at = act - 1; at >= 0; at--) {
                String word = sentence.word(at);
                if (word.isEmpty() || sentence.entityAt(at) != null) {
                    return false;
                }
                boolean plain = !lexicon.isContent(word) || lexicon.is("filler", word);
                if (!plain) {
                    boolean known = catalogue.isKnown(
                            catalogue.corrected(sentence.tokens().get(at).stem()));
                    return !known
                            && !word.endsWith("ly")
                            && !sentence.word(at + 1).equals("to");
                }
            }
            return false;
        }

        private boolean covers(Sentence sentence, Entity entity, String word) {
            for (int at = entity.first(); at <= entity.last(); at++) {
                if (sentence.word(at).equals(word)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * A clause and what the planner makes of it.
     *
     * @param text its words
     * @param inherited the mood that holds for it
     * @param mood its own mood
     * @param plan what to do about it alone
     */
    private record Part(String text, Mood.Kind inherited, Mood mood, Plan plan) {}

    private static boolean fits(Ranked ranked, Ranker ranker) {
        if (ranked.total() < MIN_TOTAL || ranked.filling().isForeign()) {
            return false;
        }
        if (ranked.card().onlyReads()) {
            boolean strange = ranker.asksForTheUnknown() && ranked.topical() < SURE_TOPICAL;
            boolean told = ranked.topical() >= READ_TOPICAL
                    || ranked.pattern() >= READ_PATTERN
                    || ranked.topical() >= MIN_TOPICAL && ranked.action() >= TRANSACTION_ACTION;
            return told && !strange;
        }
        boolean full = ranked.isComplete() && ranked.filling().chosen().size() >= FULL;
        return ranked.action() >= TRANSACTION_ACTION && (full || ranked.topical() >= MIN_TOPICAL);
    }

    /** One call; where a tool that only looks is asked about several things, one for each. */
    private static List<Step> steps(Filling filling, String thought) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        filling.chosen().forEach((name, candidate) -> arguments.set(name, candidate.value()));
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(filling.card(), arguments.toString(), thought));
        if (filling.card().onlyReads()) {
            for (Candidate chosen : filling.chosen().values()) {
                for (JsonNode other : others(filling, chosen)) {
                    ObjectNode further = arguments.deepCopy();
                    further.set(chosen.parameter().name(), other);
                    steps.add(new Step(filling.card(), further.toString(), thought));
                }
            }
        }
        return steps.subList(0, Math.min(steps.size(), MAX_STEPS));
    }

    private static List<JsonNode> others(Filling filling, Candidate chosen) {
        List<JsonNode> others = new ArrayList<>(chosen.more());
        for (Entity entity : filling.unused()) {
            boolean alike = entity.is(chosen.entity().kind())
                    && Objects.equals(entity.unit(), chosen.entity().unit());
            JsonNode value = alike ? Values.write(chosen.parameter(), entity) : null;
            if (value != null) {
                others.add(value);
            }
        }
        return others;
    }
}
