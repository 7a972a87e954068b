/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.openmcpchain.inference.planner.internal.Entity.Kind;
import org.openmcpchain.inference.planner.internal.Parameter.Slot;

/**
 * Aligns each argument of a tool's examples with the words of the example's goal that it comes from, and learns the
 * neighbourhood of these words.
 */
final class ExampleReader {

    /** Examples are read without a network: a tool teaches the same everywhere. */
    static final Vocabulary NO_NAMES = Vocabulary.of(List.of(), List.of());

    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,11}");

    private final Lexicon lexicon;
    private final List<Parameter> parameters;
    private final List<Sentence> sentences = new ArrayList<>();
    private final Map<Sentence, Set<Integer>> values = new LinkedHashMap<>();
    private final Map<String, List<Context>> contexts = new HashMap<>();
    private final Map<String, List<Double>> positions = new HashMap<>();
    private final Map<String, Set<Role>> roles = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final Map<String, List<String>> texts = new HashMap<>();

    ExampleReader(Lexicon lexicon, List<Parameter> parameters, List<ToolCard.Example> examples) {
        this.lexicon = lexicon;
        this.parameters = parameters;
        for (ToolCard.Example example : examples) {
            learn(example);
        }
    }

    List<Sentence> sentences() {
        return sentences;
    }

    /** The tokens of an example that are values and no topic of the tool. */
    Set<Integer> valueTokens(Sentence sentence) {
        return values.getOrDefault(sentence, Set.of());
    }

    Map<String, Learned> learned() {
        Map<String, Learned> learned = new HashMap<>();
        for (Parameter parameter : parameters) {
            String name = parameter.name();
            Set<Role> seen = roles.getOrDefault(name, Set.of());
            Role role = seen.size() == 1 ? seen.iterator().next() : Role.NONE;
            double position = positions.getOrDefault(name, List.of()).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(-1);
            learned.put(
                    name,
                    new Learned(
                            contexts.getOrDefault(name, List.of()),
                            role,
                            position,
                            units.get(name),
                            texts.getOrDefault(name, List.of())));
        }
        return learned;
    }

    private void learn(ToolCard.Example example) {
        Sentence sentence = Sentence.read(lexicon, vocabulary(example), example.goal());
        Map<String, Entity> aligned = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            JsonNode value = example.arguments().path(parameter.name());
            if (value.isValueNode() && !value.isNull()) {
                texts.computeIfAbsent(parameter.name(), key -> new ArrayList<>())
                        .add(value.asText());
                Entity entity = find(sentence, parameter, value.asText(), aligned);
                if (entity != null) {
                    aligned.put(parameter.name(), entity);
                }
            }
        }
        sentences.add(sentence);
        aligned.forEach((name, entity) -> record(sentence, name, entity));
        aligned.forEach((name, entity) -> link(name, entity, aligned));
    }

    private void record(Sentence sentence, String name, Entity entity) {
        Set<Integer> tokens = values.computeIfAbsent(sentence, key -> new HashSet<>());
        for (int at = entity.first(); at <= entity.last(); at++) {
            tokens.add(at);
        }
        contexts.computeIfAbsent(name, key -> new ArrayList<>())
                .add(Context.of(sentence, entity.first(), endWithUnit(sentence, entity)));
        positions
                .computeIfAbsent(name, key -> new ArrayList<>())
                .add(entity.first() / (double) Math.max(1, sentence.tokens().size() - 1));
        if (entity.is(Kind.ASSET) || entity.is(Kind.AMOUNT)) {
            Role role = new RoleReader(lexicon, sentence).of(entity);
            if (role != Role.NONE) {
                roles.computeIfAbsent(name, key -> new HashSet<>()).add(role);
            }
        }
    }

    private void link(String name, Entity amount, Map<String, Entity> aligned) {
        if (!amount.is(Kind.AMOUNT)) {
            return;
        }
        aligned.forEach((other, asset) -> {
            if (asset.is(Kind.ASSET) && asset.first() == amount.last() + 1) {
                units.putIfAbsent(name, other);
            }
        });
    }

    /** The last token of a value, with the asset that an amount is counted in. */
    static int endWithUnit(Sentence sentence, Entity entity) {
        if (entity.is(Kind.AMOUNT) && entity.last() + 1 < sentence.tokens().size()) {
            Entity unit = sentence.entityAt(entity.last() + 1);
            return unit != null && unit.is(Kind.ASSET) ? unit.last() : entity.last();
        }
        return entity.last();
    }

    private static Entity find(Sentence sentence, Parameter parameter, String value, Map<String, Entity> aligned) {
        for (Entity entity : sentence.entities()) {
            boolean free = aligned.values().stream().noneMatch(entity::equals);
            if (free && means(entity, parameter, value)) {
                return entity;
            }
        }
        return parameter.slot() == Slot.TEXT || parameter.slot() == Slot.CHOICE ? words(sentence, value) : null;
    }

    private static boolean means(Entity entity, Parameter parameter, String value) {
        if (entity.number() != null && entity.kind() != Kind.ASSET) {
            return sameNumber(entity, parameter, value);
        }
        return entity.value().equalsIgnoreCase(value);
    }

    private static boolean sameNumber(Entity entity, Parameter parameter, String value) {
        if (entity.value().equalsIgnoreCase(value)) {
            return true;
        }
        if (entity.is(Kind.DURATION)) {
            DurationReader.Length length = value.startsWith("P") ? DurationReader.iso(value, 0) : null;
            if (length != null) {
                return entity.number().compareTo(BigDecimal.valueOf(length.seconds())) == 0;
            }
        }
        try {
            return entity.number().compareTo(new BigDecimal(value).multiply(parameter.scale())) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The words of the goal that are this text. */
    private static Entity words(Sentence sentence, String value) {
        List<String> wanted = Words.of(value);
        List<Token> tokens = sentence.tokens();
        for (int first = 0; first < tokens.size() && !wanted.isEmpty(); first++) {
            for (int last = first; last < Math.min(tokens.size(), first + 16); last++) {
                if (Words.of(sentence.words(first, last)).equals(wanted)
                        && Words.of(tokens.get(first).text()).size() > 0) {
                    return new Entity(Kind.SPAN, value, null, null, false, first, last, value);
                }
            }
        }
        return null;
    }

    /** Takes the assets of an example as known. */
    private Vocabulary vocabulary(ToolCard.Example example) {
        Set<String> symbols = new HashSet<>();
        for (Parameter parameter : parameters) {
            String value = example.arguments().path(parameter.name()).asText("");
            if (parameter.slot() == Slot.ASSET && SYMBOL.matcher(value).matches()) {
                symbols.add(value);
            }
        }
        return Vocabulary.of(symbols.stream().sorted().toList(), List.of());
    }
}
