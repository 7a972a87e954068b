/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tools that are installed at one moment, ready to be ranked. Immutable; the order of the tools does not matter. */
final class Catalogue {

    private static final double ACTION = 0.4;
    private static final int MIN_TYPO_LENGTH = 5;

    private final Lexicon lexicon;
    private final List<ToolCard> cards;
    private final Map<String, Double> rarity = new HashMap<>();
    private final Set<String> actions;
    private final Set<String> known;

    Catalogue(Lexicon lexicon, List<ToolCard> cards) {
        this.lexicon = lexicon;
        this.cards = cards.stream().sorted(Comparator.comparing(ToolCard::name)).toList();
        Map<String, Integer> frequency = new HashMap<>();
        Set<String> acting = new HashSet<>();
        for (ToolCard card : this.cards) {
            card.terms().forEach((stem, weight) -> frequency.merge(stem, weight >= 0.25 ? 1 : 0, Integer::sum));
            card.actions().forEach((stem, weight) -> {
                if (weight >= ACTION) {
                    acting.add(stem);
                }
            });
        }
        double all = this.cards.size();
        frequency.forEach(
                (stem, count) -> rarity.put(stem, Math.log(1 + all / Math.max(1, count)) / Math.log(1 + all)));
        actions = withSynonyms(acting, 0.5);
        known = withSynonyms(rarity.keySet(), 0.4);
    }

    private Set<String> withSynonyms(Set<String> stems, double least) {
        Set<String> all = new HashSet<>(stems);
        stems.forEach(stem -> lexicon.related(stem).forEach((synonym, alike) -> {
            if (alike >= least) {
                all.add(synonym);
            }
        }));
        return all;
    }

    List<ToolCard> cards() {
        return cards;
    }

    /** Whether a stem names something that one of the tools does. */
    boolean isAction(String stem) {
        return actions.contains(stem);
    }

    /** How much this stem, or a synonym, speaks for a tool: 0 to 1; rare words speak louder. */
    double topical(ToolCard card, String stem) {
        double best = card.terms().getOrDefault(stem, 0.0) * rarity.getOrDefault(stem, 1.0);
        for (Map.Entry<String, Double> synonym : lexicon.related(stem).entrySet()) {
            Double weight = card.terms().get(synonym.getKey());
            if (weight != null) {
                best = Math.max(best, weight * synonym.getValue() * rarity.getOrDefault(synonym.getKey(), 1.0));
            }
        }
        return best;
    }

    /** How much this stem, or a synonym, names what a tool does: 0 to 1. */
    double acting(ToolCard card, String stem) {
        double best = card.actions().getOrDefault(stem, 0.0);
        for (Map.Entry<String, Double> synonym : lexicon.related(stem).entrySet()) {
            best = Math.max(best, card.actions().getOrDefault(synonym.getKey(), 0.0) * synonym.getValue());
        }
        return best;
    }

    /** Whether any tool knows this stem or a synonym of it. */
    boolean isKnown(String stem) {
        return known.contains(stem);
    }

    /** The stem that was meant by a word with one slip of the pen, or the stem as it is. */
    String corrected(String stem) {
        if (stem.length() < MIN_TYPO_LENGTH - 1 || isKnown(stem)) {
            return stem;
        }
        return rarity.keySet().stream()
                .filter(known -> known.length() >= MIN_TYPO_LENGTH - 1 && isOneSlip(stem, known))
                .min(Comparator.naturalOrder())
                .orElse(stem);
    }

    /** One letter more, less, other, or two neighbours exchanged; the first letter is right. */
    static boolean isOneSlip(String a, String b) {
        int difference = a.length() - b.length();
        if (difference < -1 || difference > 1 || a.charAt(0) != b.charAt(0)) {
            return false;
        }
        int same = 0;
        int shorter = Math.min(a.length(), b.length());
        while (same < shorter && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        if (difference != 0) {
            String longer = difference > 0 ? a : b;
            String other = difference > 0 ? b : a;
            return longer.substring(same + 1).equals(other.substring(same));
        }
        if (same == a.length()) {
            return true;
        }
        boolean replaced = a.substring(same + 1).equals(b.substring(same + 1)) && a.length() > MIN_TYPO_LENGTH + 1;
        boolean exchanged = same + 1 < a.length()
                && a.charAt(same) == b.charAt(same + 1)
                && a.charAt(same + 1) == b.charAt(same)
                && a.substring(same + 2).equals(b.substring(same + 2));
        return replaced || exchanged;
    }
}
