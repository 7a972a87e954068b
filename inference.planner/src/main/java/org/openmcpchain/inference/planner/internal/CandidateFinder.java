/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openmcpchain.inference.planner.internal.Entity.Kind;
import org.openmcpchain.inference.planner.internal.Parameter.Slot;

/** Finds every way to fill one argument of a tool from a sentence, and how much speaks for each. */
final class CandidateFinder {

    private static final int MAX_CANDIDATES = 10;
    private static final Set<String> TO_SOMEBODY =
            Set.of("to", "for", "into", "toward", "towards", "onto", "give", "giv", "send");
    private static final Set<String> OF_SOMEBODY = Set.of("from", "of", "by", "does", "is", "at");

    private final Lexicon lexicon;
    private final Vocabulary vocabulary;
    private final Sentence sentence;
    private final Mood mood;
    private final RoleReader roles;
    private final Map<Entity, Context> contexts = new IdentityHashMap<>();
    private final Map<Entity, Role> sides = new IdentityHashMap<>();

    CandidateFinder(Lexicon lexicon, Vocabulary vocabulary, Sentence sentence, Mood mood) {
        this.lexicon = lexicon;
        this.vocabulary = vocabulary;
        this.sentence = sentence;
        this.mood = mood;
        this.roles = new RoleReader(lexicon, sentence);
    }

    /** The ways to fill this argument, the best first. */
    List<Candidate> find(ToolCard card, Parameter parameter) {
        List<Candidate> found = new ArrayList<>();
        switch (parameter.slot()) {
            case CHOICE -> choices(card, parameter, found);
            case FLAG -> flag(card, parameter, found);
            case LIST -> list(card, parameter, found);
            default -> values(card, parameter, found);
        }
        if (parameter.slot() == Slot.PAIR) {
            pairs(card, parameter, found);
        }
        if (parameter.slot() == Slot.TEXT) {
            for (SpanFinder.Span span : new SpanFinder(lexicon, sentence).spans(parameter, card.learned(parameter))) {
                add(card, parameter, span.entity(), Values.fit(parameter, span.entity()), span.weight(), found);
            }
        }
        found.sort(Comparator.comparingDouble((Candidate candidate) -> -candidate.score())
                .thenComparingInt(candidate -> candidate.entity().first()));
        return found.size() > MAX_CANDIDATES ? found.subList(0, MAX_CANDIDATES) : found;
    }

    private void pairs(ToolCard card, Parameter parameter, List<Candidate> found) {
        List<Entity> pairs =
                new PairFinder(lexicon, sentence).find(parameter, card.learned(parameter), card.onlyReads());
        if (pairs.isEmpty()) {
            return;
        }
        int before = found.size();
        add(card, parameter, pairs.get(0), pairs.get(0).weak() ? 0.75 : 0.9, 0, found);
        List<JsonNode> more = pairs.stream()
                .skip(1)
                .map(pair -> Values.write(parameter, pair))
                .filter(Objects::nonNull)
                .toList();
        if (found.size() > before) {
            found.set(before, found.get(before).with(more));
        }
    }

    private void values(ToolCard card, Parameter parameter, List<Candidate> found) {
        for (Entity entity : sentence.entities()) {
            double fit = Values.fit(parameter, entity);
            if (fit > 0 && isHere(card, entity)) {
                add(card, parameter, entity, fit, 0, found);
            }
        }
    }

    /** Money of a state is no asset of a chain: nothing is sent in it unless the network lists it. */
    private boolean isHere(ToolCard card, Entity entity) {
        String symbol = entity.is(Kind.ASSET) ? entity.value() : entity.unit();
        return card.onlyReads() && entity.is(Kind.ASSET)
                || symbol == null
                || !lexicon.is("fiat", symbol)
                || vocabulary.symbols().containsKey(symbol)
                || card.symbols().contains(symbol);
    }

    private void choices(ToolCard card, Parameter parameter, List<Candidate> found) {
        for (String choice : parameter.choices()) {
            for (Entity entity : sentence.entities()) {
                if (entity.value().equalsIgnoreCase(choice)) {
                    found.add(new Candidate(parameter, entity, TextNode.valueOf(choice), 1, 0.5, Role.NONE));
                }
            }
            List<String> stems =
                    Words.ofName(choice).stream().map(lexicon::stem).toList();
            for (int at = 0; at + stems.size() <= sentence.tokens().size(); at++) {
                double alike = alike(stems, at);
                if (alike > 0.6) {
                    int last = at + stems.size() - 1;
                    Entity entity =
                            new Entity(Kind.CHOICE, choice, null, null, false, at, last, sentence.words(at, last));
                    add(card, parameter, entity, alike, 0.4, found);
                }
            }
        }
    }

    private double alike(List<String> stems, int at) {
        double least = 1;
        for (int i = 0; i < stems.size(); i++) {
            Token token = sentence.tokens().get(at + i);
            boolean same = token.stem().equals(stems.get(i)) || token.lower().equals(stems.get(i));
            double alike = same ? 1 : stems.size() > 1 ? 0 : lexicon.similarity(token.stem(), stems.get(i));
            least = mood.denied().get(at + i) ? 0 : Math.min(least, alike);
        }
        return stems.isEmpty() ? 0 : least;
    }

    private void flag(ToolCard card, Parameter parameter, List<Candidate> found) {
        for (int at = 0; at < sentence.tokens().size(); at++) {
            Token token = sentence.tokens().get(at);
            boolean names = token.isWord()
                    && parameter.nameStems().contains(token.stem())
                    && lexicon.isContent(token.lower())
                    && !card.actions().containsKey(token.stem());
            if (names) {
                boolean denied = mood.denied().get(at) || sentence.word(at - 1).equals("without");
                Entity entity =
                        new Entity(Kind.CHOICE, denied ? "false" : "true", null, null, false, at, at, token.text());
                add(card, parameter, entity, 1, 0.4, found);
            }
        }
    }

    private void list(ToolCard card, Parameter parameter, List<Candidate> found) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        Entity first = null;
        for (Entity entity : sentence.entities()) {
            JsonNode value =
                    Values.fit(parameter.items(), entity) > 0.5 ? Values.write(parameter.items(), entity) : null;
            if (value != null) {
                values.add(value);
                first = first == null ? entity : first;
            }
        }
        if (first != null) {
            found.add(new Candidate(parameter, first, values, 0.8, 0.4, Role.NONE));
        }
    }

    private void add(
            ToolCard card, Parameter parameter, Entity entity, double fit, double announced, List<Candidate> found) {
        JsonNode value = entity == null ? null : Values.write(parameter, entity);
        if (value == null || isSender(parameter, entity) || mood.aside().get(entity.first())) {
            return;
        }
        double evidence = announced + learned(card, parameter, entity) + neighbours(parameter, entity);
        if (Values.needsEvidence(parameter, entity) && evidence < 0.3) {
            return;
        }
        Role role =
                entity.is(Kind.ASSET) || entity.is(Kind.AMOUNT) ? sides.computeIfAbsent(entity, roles::of) : Role.NONE;
        Role wanted = role(card, parameter);
        double side = role.contradicts(wanted) ? -1.5 : role != Role.NONE && role == wanted ? 0.35 : 0;
        if (entity.is(Kind.ADDRESS)) {
            side = side(card, parameter, entity);
        }
        double score = fit + 0.6 * evidence + side + order(card, parameter, entity);
        found.add(new Candidate(parameter, entity, value, score, evidence, role));
    }

    private double learned(ToolCard card, Parameter parameter, Entity entity) {
        Context here = contexts.computeIfAbsent(
                entity, key -> Context.of(sentence, key.first(), ExampleReader.endWithUnit(sentence, key)));
        double best = 0;
        for (Context context : card.learned(parameter).contexts()) {
            best = Math.max(best, here.similarity(context, lexicon));
        }
        return best;
    }

    /** What the words around a value say about the argument. */
    private double neighbours(Parameter parameter, Entity entity) {
        double name = 0;
        double description = 0;
        int last = ExampleReader.endWithUnit(sentence, entity);
        for (int at = entity.first() - 3; at <= last + 3; at++) {
            boolean inside = at >= entity.first() && at <= last;
            if (inside || sentence.word(at).isEmpty() || sentence.entityAt(at) != null || crosses(entity, at)) {
                continue;
            }
            String stem = sentence.tokens().get(at).stem();
            for (String own : parameter.nameStems()) {
                double alike = lexicon.similarity(own, stem);
                name = Math.max(name, alike >= 0.6 ? 0.5 * alike : 0);
            }
            if (lexicon.isContent(sentence.word(at))
                    && parameter.descriptionStems().contains(stem)) {
                description = Math.min(0.3, description + 0.15);
            }
        }
        return name + description;
    }

    /** Whether another value or a comma stands between. */
    private boolean crosses(Entity entity, int at) {
        int last = ExampleReader.endWithUnit(sentence, entity);
        int from = at < entity.first() ? at + 1 : last + 1;
        int to = at < entity.first() ? entity.first() - 1 : at - 1;
        for (int i = from; i <= to; i++) {
            Entity other = sentence.entityAt(i);
            boolean ownAmount = other != null && other.is(Kind.AMOUNT) && other.last() + 1 == entity.first();
            if (other != null && !ownAmount || sentence.tokens().get(i).isMark(",")) {
                return true;
            }
        }
        return false;
    }

    /** The side of an exchange that an argument is for: what its examples say, else its name, else its description. */
    Role role(ToolCard card, Parameter parameter) {
        Role learned = card.learned(parameter).role();
        if (parameter.slot() != Slot.ASSET && parameter.slot() != Slot.AMOUNT || learned != Role.NONE) {
            return learned;
        }
        Role byName = role(parameter.nameStems());
        return byName != Role.NONE ? byName : role(parameter.descriptionStems());
    }

    private Role role(List<String> stems) {
        boolean source = stems.stream().anyMatch(stem -> lexicon.isStem("source", stem));
        boolean goal = stems.stream().anyMatch(stem -> lexicon.isStem("goal", stem));
        return source == goal ? Role.NONE : source ? Role.SOURCE : Role.GOAL;
    }

    private double side(ToolCard card, Parameter parameter, Entity entity) {
        boolean receives = parameter.nameStems().stream().anyMatch(stem -> lexicon.isStem("recipient", stem));
        boolean holds = parameter.nameStems().stream().anyMatch(stem -> lexicon.isStem("holder", stem));
        if (receives == holds) {
            return 0;
        }
        String before = sentence.word(entity.first() - 1).toLowerCase(Locale.ROOT);
        boolean to = TO_SOMEBODY.contains(before);
        boolean of = OF_SOMEBODY.contains(before);
        if (to == of) {
            return 0;
        }
        boolean only = card.parameters().stream()
                        .filter(other -> other.slot() == Slot.ADDRESS)
                        .count()
                == 1;
        return to == receives ? 0.3 : only ? 0 : -0.4;
    }

    /** Whoever something comes from is not the one who receives it. */
    private boolean isSender(Parameter parameter, Entity entity) {
        return entity.is(Kind.ADDRESS)
                && sentence.word(entity.first() - 1).equals("from")
                && parameter.nameStems().stream().anyMatch(stem -> lexicon.isStem("recipient", stem));
    }

    private double order(ToolCard card, Parameter parameter, Entity entity) {
        double position = card.learned(parameter).position();
        if (position < 0) {
            return 0;
        }
        double here = entity.first() / (double) Math.max(1, sentence.tokens().size() - 1);
        return 0.1 * (1 - Math.abs(here - position));
    }
}
