/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.inference.planner.internal.Entity.Kind;
import org.openmcpchain.inference.planner.internal.Parameter.Slot;

/**
 * Gives the values of a sentence to the arguments of a tool so that together they fit best: branch and bound over the
 * candidates of each argument, with a budget. What stays unused, unfilled or contradictory is told, not hidden.
 */
final class SlotFiller {

    private static final int BUDGET = 4_000;
    private static final double OPTIONAL_COST = 0.75;
    private static final double UNIT_CLASH = 1.3;

    private final CandidateFinder finder;
    private final Sentence sentence;
    private final Mood mood;
    private final ToolCard card;
    private final List<Parameter> order;
    private final List<List<Candidate>> candidates = new ArrayList<>();
    private final Candidate[] current;
    private Candidate[] best;
    private double bestScore = Double.NEGATIVE_INFINITY;
    private int steps;

    SlotFiller(CandidateFinder finder, Sentence sentence, Mood mood, ToolCard card) {
        this.mood = mood;
        this.finder = finder;
        this.sentence = sentence;
        this.card = card;
        this.order = card.parameters().stream()
                .sorted(Comparator.comparing((Parameter parameter) -> !parameter.required()))
                .toList();
        order.forEach(parameter -> candidates.add(finder.find(card, parameter)));
        this.current = new Candidate[order.size()];
        this.best = new Candidate[order.size()];
    }

    Filling fill() {
        search(0, 0);
        Map<String, Candidate> chosen = new LinkedHashMap<>();
        List<Parameter> missing = new ArrayList<>();
        Map<Parameter, Candidate> filled = new IdentityHashMap<>();
        for (int i = 0; i < best.length; i++) {
            filled.put(order.get(i), best[i]);
        }
        for (Parameter parameter : card.parameters()) {
            Candidate candidate = filled.get(parameter);
            if (candidate != null) {
                chosen.put(parameter.name(), candidate);
            } else if (parameter.required()) {
                missing.add(parameter);
            }
        }
        List<String> conflicts = conflicts(chosen);
        List<Entity> unused = unused(chosen);
        return new Filling(card, chosen, missing, unused, conflicts, shape(chosen, missing, unused, conflicts));
    }

    private void search(int index, double score) {
        if (index == order.size()) {
            double total = score - clashes();
            if (total > bestScore + 1e-9) {
                bestScore = total;
                best = current.clone();
            }
            return;
        }
        if (++steps > BUDGET || score + promise(index) <= bestScore) {
            return;
        }
        for (Candidate candidate : candidates.get(index)) {
            double gain = gain(candidate);
            if (gain > 0 && isFree(candidate, index)) {
                current[index] = candidate;
                search(index + 1, score + gain);
            }
        }
        current[index] = null;
        search(index + 1, score);
    }

    /** The most that the arguments from here on can add. */
    private double promise(int index) {
        double sum = 0;
        for (int i = index; i < order.size(); i++) {
            sum += candidates.get(i).isEmpty()
                    ? 0
                    : Math.max(0, gain(candidates.get(i).get(0)));
        }
        return sum;
    }

    private static double gain(Candidate candidate) {
        if (candidate.parameter().required()) {
            return candidate.score() + 1;
        }
        boolean money = candidate.parameter().slot() == Slot.AMOUNT;
        return money && candidate.evidence() < 0.3 ? -1 : candidate.score() - OPTIONAL_COST;
    }

    private boolean isFree(Candidate candidate, int index) {
        for (int i = 0; i < index; i++) {
            if (current[i] != null && current[i].entity().overlaps(candidate.entity())) {
                return false;
            }
        }
        return true;
    }

    private double clashes() {
        double sum = 0;
        for (Candidate candidate : current) {
            if (candidate != null && clashes(candidate, assetOf(candidate.parameter(), current))) {
                sum += UNIT_CLASH;
            }
        }
        return sum;
    }

    private static boolean clashes(Candidate amount, Candidate asset) {
        return asset != null
                && amount.entity().unit() != null
                && !amount.entity().unit().equalsIgnoreCase(asset.entity().value());
    }

    /** What fills the argument that an amount is counted in, or null. */
    private Candidate assetOf(Parameter amount, Candidate[] filled) {
        Parameter unit = unitOf(amount);
        for (Candidate candidate : filled) {
            if (candidate != null
                    && unit != null
                    && candidate.parameter().name().equals(unit.name())) {
                return candidate;
            }
        }
        return null;
    }

    private Parameter unitOf(Parameter amount) {
        if (amount.slot() != Slot.AMOUNT) {
            return null;
        }
        String taught = card.learned(amount).unit();
        if (taught != null) {
            return card.parameter(taught);
        }
        List<Parameter> assets = card.parameters().stream()
                .filter(parameter -> parameter.slot() == Slot.ASSET)
                .toList();
        if (assets.size() == 1) {
            return assets.get(0);
        }
        Role role = finder.role(card, amount);
        Role wanted = role == Role.NONE ? Role.SOURCE : role;
        return assets.stream()
                .filter(asset -> finder.role(card, asset) == wanted)
                .findFirst()
                .orElse(null);
    }

    private List<String> conflicts(Map<String, Candidate> chosen) {
        List<String> conflicts = new ArrayList<>();
        for (Candidate candidate : chosen.values()) {
            Entity entity = candidate.entity();
            Candidate asset = assetOf(candidate.parameter(), best);
            if (clashes(candidate, asset)) {
                conflicts.add("\"" + amountWords(entity) + "\" counts " + entity.unit() + ", but "
                        + candidate.parameter().words() + " is counted in "
                        + asset.entity().value());
            } else if (candidate.role().contradicts(finder.role(card, candidate.parameter()))) {
                conflicts.add("\"" + amountWords(entity) + "\" reads like the other side of the exchange, not like "
                        + candidate.parameter().words());
            } else if (isForeignUnit(candidate)) {
                conflicts.add("\"" + amountWords(entity) + "\" counts " + entity.unit() + ", and this tool knows only "
                        + String.join(", ", card.symbols().stream().sorted().toList()));
            }
        }
        return card.onlyReads() ? List.of() : conflicts;
    }

    /** An amount of an asset that a tool without a choice of assets does not deal in. */
    private boolean isForeignUnit(Candidate candidate) {
        boolean noChoice = card.parameters().stream().noneMatch(parameter -> parameter.slot() == Slot.ASSET);
        return noChoice
                && candidate.entity().unit() != null
                && !card.symbols().isEmpty()
                && !card.symbols().contains(candidate.entity().unit().toUpperCase(java.util.Locale.ROOT));
    }

    private String amountWords(Entity entity) {
        return sentence.words(entity.first(), ExampleReader.endWithUnit(sentence, entity));
    }

    private List<Entity> unused(Map<String, Candidate> chosen) {
        List<Entity> unused = new ArrayList<>();
        for (Entity entity : sentence.entities()) {
            boolean counted = entity.is(Kind.ASSET)
                    && !unused.isEmpty()
                    && entity.value().equals(unused.get(unused.size() - 1).unit());
            boolean aside = mood.aside().get(entity.first());
            if (entity.mustBeUsed() && !aside && !counted && !isHarmless(entity) && !isUsed(entity, chosen)) {
                unused.add(entity);
            }
        }
        return unused;
    }

    private boolean isHarmless(Entity entity) {
        boolean counted = entity.is(Kind.NUMBER) || entity.is(Kind.AMOUNT) && card.onlyReads();
        boolean one = counted && entity.value().equals("1");
        return one || entity.weak() && entity.is(Kind.AMOUNT);
    }

    private boolean isUsed(Entity entity, Map<String, Candidate> chosen) {
        for (Candidate candidate : chosen.values()) {
            Entity used = candidate.entity();
            boolean covered =
                    used.overlaps(entity) && (!used.is(Kind.PAIR) || entity.is(Kind.ASSET) || entity.is(Kind.PAIR));
            boolean same = covered || used.is(entity.kind()) && used.value().equalsIgnoreCase(entity.value());
            boolean unit = entity.is(Kind.ASSET) && entity.value().equals(used.unit());
            boolean listed = candidate.parameter().slot() == Slot.LIST
                    && Values.fit(candidate.parameter().items(), entity) > 0.5;
            if (same || unit || listed) {
                return true;
            }
        }
        return false;
    }

    /** How well the sentence fits the tool's arguments as a whole: about -2 to 1. */
    private double shape(
            Map<String, Candidate> chosen, List<Parameter> missing, List<Entity> unused, List<String> conflicts) {
        long required = card.parameters().stream().filter(Parameter::required).count();
        double shape = required == 0 ? 0.2 : 0;
        for (Candidate candidate : chosen.values()) {
            double weight = candidate.parameter().required() ? 0.7 / required : 0.15;
            shape += weight * Math.min(1, Math.max(0.3, candidate.score()));
        }
        shape -= 0.45 * missing.size() / Math.max(1.0, required) + 0.2 * Math.min(2, missing.size());
        for (Entity entity : unused.subList(0, Math.min(3, unused.size()))) {
            shape -= entity.is(Kind.AMOUNT) ? 0.6 : 0.4;
        }
        return shape - 0.4 * conflicts.size();
    }
}
