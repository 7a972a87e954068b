/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something worth knowing about a subject, written by the operator as a small Markdown file with a head:
 *
 * <pre>
 * ---
 * title: Gas and fees
 * tags: gas, fees
 * keywords: gas price, base fee
 * ---
 * The text.
 * </pre>
 *
 * @param id the file's name without its ending
 * @param title what it is about
 * @param tags subjects, each as words in their plain form
 * @param keywords words and phrases that a goal may hold, each as words in their plain form
 * @param text the words without the head
 */
record KnowledgeCard(String id, String title, List<List<String>> tags, List<List<String>> keywords, String text) {

    private static final String FENCE = "---";
    private static final int KEYWORD_SCORE = 3;
    private static final int TAG_SCORE = 2;
    private static final int TITLE_SCORE = 1;

    /** Reads a card, or empty if it has no head, no title or nothing to be found by. */
    static Optional<KnowledgeCard> parse(String id, String file) {
        List<String> lines = file.lines().toList();
        int end = lines.size() > 1 && lines.get(0).strip().equals(FENCE)
                ? lines.subList(1, lines.size()).stream()
                        .map(String::strip)
                        .toList()
                        .indexOf(FENCE)
                : -1;
        if (end < 0) {
            return Optional.empty();
        }
        Map<String, String> head = new LinkedHashMap<>();
        for (String line : lines.subList(1, end + 1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                head.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        KnowledgeCard card = new KnowledgeCard(
                id,
                head.getOrDefault("title", ""),
                phrases(head.getOrDefault("tags", "")),
                phrases(head.getOrDefault("keywords", "")),
                String.join("\n", lines.subList(end + 2, lines.size())).strip());
        boolean usable =
                !card.title.isEmpty() && !card.text.isEmpty() && !(card.tags.isEmpty() && card.keywords.isEmpty());
        return usable ? Optional.of(card) : Optional.empty();
    }

    private static List<List<String>> phrases(String list) {
        return Arrays.stream(list.replaceAll("^\\[|]$", "").split(","))
                .map(KnowledgeCard::words)
                .filter(words -> !words.isEmpty())
                .toList();
    }

    /** The words of a text in their plain form: small letters, without the s of a plural. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
            }
        }
        return words;
    }

    /** How well it fits the words of a goal; 0: not at all. */
    int score(List<String> goal) {
        int found = KEYWORD_SCORE * count(keywords, goal) + TAG_SCORE * count(tags, goal);
        return found == 0
                ? 0
                : found
                        + TITLE_SCORE
                                * count(words(title).stream().map(List::of).toList(), goal);
    }

    private static int count(List<List<String>> phrases, List<String> goal) {
        return (int) phrases.stream()
                .filter(phrase -> Collections.indexOfSubList(goal, phrase) >= 0)
                .count();
    }
}
