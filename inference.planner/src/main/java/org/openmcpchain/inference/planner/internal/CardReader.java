/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openmcpchain.inference.planner.internal.Parameter.Slot;

/** Reads a {@link ToolCard} from a tool's specification. A part that is missing or malformed is left out. */
final class CardReader {

    private static final int MAX_EXAMPLES = 32;

    private final Lexicon lexicon;
    private final ObjectMapper json;

    CardReader(Lexicon lexicon, ObjectMapper json) {
        this.lexicon = lexicon;
        this.json = json;
    }

    ToolCard read(ToolSpecification specification) {
        Map<String, Object> metadata = specification.metadata() == null ? Map.of() : specification.metadata();
        List<ToolCard.Example> examples = examples(metadata.get("openmcp.examples"));
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : new SchemaReader(lexicon).parameters(schema(specification, metadata))) {
            parameters.add(refined(parameter, examples));
        }
        String description = specification.description() == null ? "" : specification.description();
        Object effect = metadata.getOrDefault("openmcp.effect", "TRANSACTION");
        ExampleReader taught = new ExampleReader(lexicon, parameters, examples);
        Terms terms = new Terms(lexicon);
        terms.name(specification.name());
        terms.description(description);
        terms.parameters(parameters);
        taught.sentences().forEach(sentence -> terms.example(sentence, taught.valueTokens(sentence), examples.size()));
        return new ToolCard(
                specification.name(),
                description,
                String.valueOf(effect),
                parameters,
                taught.learned(),
                terms.terms(),
                terms.actions(),
                words(taught.sentences()),
                symbols(description, parameters, examples),
                taught.sentences().stream().map(Pattern::of).toList(),
                examples.isEmpty() ? "" : examples.get(0).goal());
    }

    private JsonNode schema(ToolSpecification specification, Map<String, Object> metadata) {
        Object text = metadata.get("openmcp.schema");
        if (text instanceof String schema) {
            return parsed(schema);
        }
        try {
            return json.readTree(specification.toJson()).path("parameters");
        } catch (JsonProcessingException | RuntimeException e) {
            return MissingNode.getInstance();
        }
    }

    private List<ToolCard.Example> examples(Object metadata) {
        List<ToolCard.Example> examples = new ArrayList<>();
        if (metadata instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map && examples.size() < MAX_EXAMPLES) {
                    Object goal = map.get("goal");
                    Object arguments = map.get("arguments");
                    if (goal != null && !goal.toString().isBlank()) {
                        examples.add(new ToolCard.Example(goal.toString(), parsed(String.valueOf(arguments))));
                    }
                }
            }
        }
        return examples;
    }

    private JsonNode parsed(String text) {
        try {
            JsonNode node = json.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** A plain text whose values are always of one kind in the examples is read as that kind. */
    private Parameter refined(Parameter parameter, List<ToolCard.Example> examples) {
        if (parameter.slot() != Slot.TEXT) {
            return parameter;
        }
        Slot common = null;
        for (ToolCard.Example example : examples) {
            JsonNode value = example.arguments().path(parameter.name());
            if (value.isTextual()) {
                Slot slot = slotOf(value.asText());
                if (slot == Slot.TEXT || common != null && common != slot) {
                    return parameter;
                }
                common = slot;
            }
        }
        return common == null ? parameter : parameter.as(common);
    }

    private Slot slotOf(String value) {
        String symbol = lexicon.symbol(value.toLowerCase(Locale.ROOT));
        if (symbol != null && symbol.equals(value)) {
            return Slot.ASSET;
        }
        if (value.matches("0x[0-9a-fA-F]{40}")) {
            return Slot.ADDRESS;
        }
        if (value.matches("[A-Z]{2,6}/[A-Z]{2,6}")) {
            return Slot.PAIR;
        }
        if (value.matches("\\d+\\.\\d+")) {
            return Slot.AMOUNT;
        }
        if (value.matches("P(T?\\d.*)")) {
            return Slot.DURATION;
        }
        return value.matches("(https?|ipfs)://.*") ? Slot.URI : Slot.TEXT;
    }

    private static Set<String> words(List<Sentence> sentences) {
        Set<String> words = new HashSet<>();
        sentences.forEach(sentence -> sentence.tokens().forEach(token -> words.add(token.lower())));
        return words;
    }

    /** Assets that the description or the examples name. */
    private Set<String> symbols(String description, List<Parameter> parameters, List<ToolCard.Example> examples) {
        List<String> texts = new ArrayList<>(List.of(description));
        parameters.forEach(parameter -> texts.add(parameter.description()));
        examples.forEach(example -> texts.add(example.goal()));
        Set<String> symbols = new LinkedHashSet<>();
        for (String text : texts) {
            for (Entity entity :
                    Sentence.read(lexicon, ExampleReader.NO_NAMES, text).entities()) {
                if (entity.is(Entity.Kind.ASSET) && (!entity.weak() || !text.equals(description))) {
                    symbols.add(entity.value().toUpperCase(Locale.ROOT));
                }
            }
        }
        return symbols;
    }

    /** Collects the stems of a tool with their weights. */
    private static final class Terms {

        private final Lexicon lexicon;
        private final Map<String, Double> terms = new HashMap<>();
        private final Map<String, Double> actions = new HashMap<>();
        private final Map<String, Integer> seen = new HashMap<>();
        private final Set<String> prefix = new HashSet<>();

        Terms(Lexicon lexicon) {
            this.lexicon = lexicon;
        }

        void name(String name) {
            int cut = name.indexOf('_');
            for (String word : Words.ofName(cut < 0 ? "" : name.substring(0, cut))) {
                put(terms, word, 0.8);
                prefix.add(lexicon.stem(word));
            }
            for (String word : Words.ofName(cut < 0 ? name : name.substring(cut + 1))) {
                put(terms, word, 1);
                put(actions, word, lexicon.is("filler", word) ? 0.4 : 1);
            }
        }

        void description(String description) {
            List<String> words = Words.of(description);
            List<String> first = Words.of(description.split("[.;]", 2)[0]);
            words.forEach(word -> put(terms, word, 0.45));
            first.forEach(word -> put(terms, word, 0.6));
            first.stream().filter(this::isTopic).findFirst().ifPresent(word -> {
                put(actions, word, 0.9);
                put(terms, word, 0.85);
            });
        }

        void parameters(List<Parameter> parameters) {
            for (Parameter parameter : parameters) {
                parameter.nameStems().forEach(stem -> terms.merge(stem, 0.35, Math::max));
                parameter.descriptionStems().forEach(stem -> terms.merge(stem, 0.25, Math::max));
                for (String choice : parameter.choices()) {
                    for (String word : Words.ofName(choice)) {
                        put(terms, word, 0.5);
                        put(actions, word, 0.45);
                    }
                }
            }
        }

        void example(Sentence sentence, Set<Integer> values, int examples) {
            boolean head = true;
            for (int at = 0; at < sentence.tokens().size(); at++) {
                Token token = sentence.tokens().get(at);
                if (!token.isWord()
                        || values.contains(at)
                        || sentence.entityAt(at) != null
                        || !isTopic(token.lower())) {
                    continue;
                }
                int count = seen.merge(token.stem(), 1, Integer::sum);
                terms.merge(token.stem(), 0.55 + 0.35 * Math.min(1, count / (double) examples), Math::max);
                if (head && !prefix.contains(token.stem())) {
                    actions.merge(token.stem(), 0.95, Math::max);
                    head = false;
                }
            }
        }

        private boolean isTopic(String word) {
            return lexicon.isContent(word) && !lexicon.is("filler", word);
        }

        private void put(Map<String, Double> map, String word, double weight) {
            if (lexicon.isContent(word) && lexicon.symbol(word) == null) {
                map.merge(lexicon.stem(word), lexicon.is("filler", word) ? weight * 0.4 : weight, Math::max);
            }
        }

        Map<String, Double> terms() {
            return terms;
        }

        Map<String, Double> actions() {
            return actions;
        }
    }
}
