/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openmcpchain.inference.planner.internal.Entity.Kind;

/**
 * Finds words that may be the value of a text argument: those behind a word which announces it, be it a word that the
 * tool's examples use there, the argument's own name, or "called".
 */
final class SpanFinder {

    private static final Set<String> NAMING = Set.of("call", "nam", "titl", "label", "entitl");
    private static final Set<String> SAYING = Set.of("say", "read", "stat");
    private static final Set<String> MESSAGES = Set.of("message", "messag", "memo", "not", "text", "comment", "reason");
    private static final Set<String> SKIPPED =
            Set.of("the", "a", "an", "is", "as", "my", "of", "our", "his", "her", "their", "your", "that");
    private static final int MAX_WORDS = 8;

    private final Lexicon lexicon;
    private final Sentence sentence;

    SpanFinder(Lexicon lexicon, Sentence sentence) {
        this.lexicon = lexicon;
        this.sentence = sentence;
    }

    /**
     * Words and how strongly they are announced.
     *
     * @param entity the words
     * @param weight 0 to 1
     */
    record Span(Entity entity, double weight) {}

    List<Span> spans(Parameter parameter, Learned learned) {
        Map<String, Double> anchors = anchors(parameter, learned);
        List<Span> spans = new ArrayList<>();
        for (int at = 0; at < sentence.tokens().size(); at++) {
            Token token = sentence.tokens().get(at);
            Double weight = token.isWord() && sentence.entityAt(at) == null ? weight(anchors, token.stem()) : null;
            if (weight != null) {
                add(spans, parameter, at + 1, weight);
            }
        }
        return spans;
    }

    private Double weight(Map<String, Double> anchors, String stem) {
        Double exact = anchors.get(stem);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, Double> anchor : anchors.entrySet()) {
            if (lexicon.similarity(anchor.getKey(), stem) >= 0.7) {
                return anchor.getValue() * 0.8;
            }
        }
        return null;
    }

    private static Map<String, Double> anchors(Parameter parameter, Learned learned) {
        Map<String, Double> anchors = new HashMap<>();
        NAMING.forEach(stem -> anchors.put(stem, 0.5));
        boolean message = parameter.nameStems().stream().anyMatch(MESSAGES::contains)
                || parameter.descriptionStems().stream().anyMatch(MESSAGES::contains);
        if (message) {
            SAYING.forEach(stem -> anchors.put(stem, 0.35));
        }
        parameter.nameStems().stream().filter(stem -> stem.length() > 2).forEach(stem -> anchors.put(stem, 0.55));
        for (Context context : learned.contexts()) {
            if (!context.left().isEmpty() && !context.left().get(0).startsWith("<")) {
                anchors.merge(context.left().get(0), 0.6, Math::max);
                boolean label = parameter.nameStems().contains(context.left().get(0))
                        || parameter.descriptionStems().contains(context.left().get(0));
                if (label && context.left().size() > 1 && !context.left().get(1).startsWith("<")) {
                    anchors.merge(context.left().get(1), 0.5, Math::max);
                }
            }
        }
        return anchors;
    }

    private void add(List<Span> spans, Parameter parameter, int from, double weight) {
        int first = from;
        while (first < size() && (SKIPPED.contains(sentence.word(first)) || isColon(first))) {
            first++;
        }
        int last = first - 1;
        while (last + 1 < size() && last + 1 - first < MAX_WORDS && continues(last + 1, first)) {
            last++;
        }
        while (first < last && isLabel(parameter, first)) {
            first++;
        }
        while (last >= first && parameter.pattern() != null && !matches(parameter, first, last)) {
            last--;
        }
        if (last >= first && !(first == last && isLabel(parameter, first))) {
            String words = sentence.words(first, last);
            boolean proper = first > 0 && Character.isUpperCase(words.charAt(0));
            Entity entity = new Entity(Kind.SPAN, words, null, null, false, first, last, words);
            spans.add(new Span(entity, proper ? weight + 0.15 : weight));
        }
    }

    private boolean continues(int at, int first) {
        Token token = sentence.tokens().get(at);
        Entity entity = sentence.entityAt(at);
        if (at > first && token.is(Token.Kind.NUMBER) && NumberReader.glued(sentence.tokens(), at)) {
            return true;
        }
        if (entity != null && !(entity.is(Kind.ASSET) && entity.weak())) {
            return false;
        }
        boolean glued = at > first && NumberReader.glued(sentence.tokens(), at);
        if (token.is(Token.Kind.MARK)) {
            boolean joins = "-_&.'+/".contains(token.text());
            return joins && glued && NumberReader.glued(sentence.tokens(), at + 1);
        }
        return token.isWord() && (glued || !lexicon.is("function", token.lower()));
    }

    private boolean isLabel(Parameter parameter, int at) {
        String stem = sentence.tokens().get(at).stem();
        return parameter.nameStems().contains(stem)
                || parameter.descriptionStems().contains(stem)
                || NAMING.contains(stem);
    }

    private boolean matches(Parameter parameter, int first, int last) {
        String words = sentence.words(first, last);
        return words.length() <= 200 && parameter.pattern().matcher(words).find();
    }

    private boolean isColon(int at) {
        return sentence.tokens().get(at).isMark(":")
                || sentence.tokens().get(at).isMark("=");
    }

    private int size() {
        return sentence.tokens().size();
    }
}
