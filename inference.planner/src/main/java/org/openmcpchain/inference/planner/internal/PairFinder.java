/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openmcpchain.inference.planner.internal.Entity.Kind;

/**
 * Makes a pair out of assets that stand apart in a sentence: "ether in dollars", "dollars per ether", "how many dollars
 * is one ether". One asset alone is completed only from what the tool's own examples always use.
 */
final class PairFinder {

    private static final Set<String> BEFORE_QUOTE =
            Set.of("in", "to", "against", "versus", "vs", "into", "with", "and");
    private static final int MAX_PAIRS = 5;
    private static final Set<String> BEFORE_BASE = Set.of("of", "for", "per", "is", "does", "each");

    private final Lexicon lexicon;
    private final Sentence sentence;

    PairFinder(Lexicon lexicon, Sentence sentence) {
        this.lexicon = lexicon;
        this.sentence = sentence;
    }

    /**
     * The pairs that the sentence speaks of, mostly one; "A and B in dollars" are two.
     *
     * @param mayComplete whether an asset that stands alone may be completed, and several be asked for
     */
    List<Entity> find(Parameter parameter, Learned learned, boolean mayComplete) {
        Map<String, Entity> assets = new LinkedHashMap<>();
        sentence.entities().stream()
                .filter(entity -> entity.is(Kind.ASSET))
                .forEach(entity -> assets.putIfAbsent(entity.value(), entity));
        List<Entity> named = new ArrayList<>(assets.values());
        if (named.size() > 2) {
            named.removeIf(Entity::weak);
        }
        if (named.size() == 2 && !isEnumeration(named)) {
            return List.of(pair(named.get(0), named.get(1)));
        }
        return mayComplete && named.size() <= MAX_PAIRS ? each(named, parameter, learned) : List.of();
    }

    /** "A and B", where neither is the money in which the other is told. */
    private boolean isEnumeration(List<Entity> named) {
        return before(named.get(1)).equals("and")
                && named.stream().noneMatch(asset -> lexicon.is("fiat", asset.value()))
                && !before(named.get(0)).equals("between");
    }

    private List<Entity> each(List<Entity> named, Parameter parameter, Learned learned) {
        List<Entity> quotes = named.stream()
                .filter(asset -> named.size() > 1 && isQuote(asset))
                .toList();
        List<Entity> pairs = new ArrayList<>();
        for (Entity asset : named) {
            if (quotes.contains(asset)) {
                continue;
            }
            String value = quotes.size() == 1
                    ? asset.value() + "/" + quotes.get(0).value()
                    : completed(asset.value(), parameter, learned);
            if (value != null) {
                pairs.add(pair(value, named.get(0), named.get(named.size() - 1), named.size() == 1));
            }
        }
        return quotes.size() > 1 ? List.of() : pairs;
    }

    private boolean isQuote(Entity asset) {
        String before = before(asset);
        return lexicon.is("fiat", asset.value()) || BEFORE_QUOTE.contains(before) && !before.equals("and");
    }

    private Entity pair(Entity first, Entity second) {
        boolean turned = isTurned(first, second);
        Entity base = turned ? second : first;
        Entity quote = turned ? first : second;
        return pair(base.value() + "/" + quote.value(), first, second, false);
    }

    /** Whether the asset that is named first is the one in which the price is told. */
    private boolean isTurned(Entity first, Entity second) {
        boolean firstFiat = lexicon.is("fiat", first.value());
        boolean secondFiat = lexicon.is("fiat", second.value());
        if (firstFiat != secondFiat) {
            return firstFiat;
        }
        String beforeFirst = before(first);
        String beforeSecond = before(second);
        if (beforeFirst.equals("many") || beforeFirst.equals("much") || beforeSecond.equals("per")) {
            return true;
        }
        if (BEFORE_QUOTE.contains(beforeSecond)) {
            return false;
        }
        return BEFORE_QUOTE.contains(beforeFirst) && !beforeFirst.equals("and") || BEFORE_BASE.contains(beforeSecond);
    }

    private String before(Entity entity) {
        int at = entity.first() - 1;
        while (at > 0
                && (Set.of("a", "an", "the", "one", "us", "terms").contains(sentence.word(at))
                        || sentence.entityAt(at) != null
                                && sentence.entityAt(at).is(Kind.AMOUNT))) {
            at--;
        }
        return sentence.word(at);
    }

    /** The only quote that the enum has for an asset, else the one that most examples use. */
    private static String completed(String asset, Parameter parameter, Learned learned) {
        String start = asset.toUpperCase(Locale.ROOT) + "/";
        Map<String, Integer> quotes = new LinkedHashMap<>();
        List<String> pairs = parameter.choices().isEmpty() ? learned.values() : parameter.choices();
        for (String pair : pairs) {
            boolean counts = parameter.choices().isEmpty()
                    || pair.toUpperCase(Locale.ROOT).startsWith(start);
            if (counts && pair.indexOf('/') > 0) {
                quotes.merge(pair.substring(pair.indexOf('/') + 1), 1, Integer::sum);
            }
        }
        int all = quotes.values().stream().mapToInt(Integer::intValue).sum();
        return quotes.entrySet().stream()
                .filter(quote -> quote.getValue() * 2 > all && !quote.getKey().equalsIgnoreCase(asset))
                .map(quote -> asset + "/" + quote.getKey())
                .findFirst()
                .orElse(null);
    }

    private Entity pair(String value, Entity one, Entity other, boolean weak) {
        int first = Math.min(one.first(), other.first());
        int last = Math.max(one.last(), other.last());
        return new Entity(Kind.PAIR, value, null, null, weak, first, last, sentence.words(first, last));
    }
}
