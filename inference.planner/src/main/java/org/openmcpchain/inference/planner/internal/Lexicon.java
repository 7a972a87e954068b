/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * General English, as far as goals need it: function words, stems, synonyms, number words, units. It knows nothing of
 * any tool. Immutable and thread-safe; read from {@code lexicon.txt}.
 */
final class Lexicon {

    private static final String UNDOUBLED = "bdgmnprt";
    private static final double SYNONYM = 0.95;

    private final Map<String, Set<String>> sections;
    private final Map<String, String> irregular;
    private final Map<String, Map<String, Double>> synonyms;
    private final Map<String, String> assets;
    private final Map<String, String> phrases;
    private final Map<String, BigDecimal> numbers;
    private final Map<String, BigDecimal> scales;
    private final Map<String, BigDecimal> fractions;
    private final Map<String, Long> units;
    private final Map<String, Set<String>> stems;

    private Lexicon(Map<String, List<String[]>> lines) {
        irregular = pairs(lines.get("irregular"));
        sections = words(lines);
        stems = stems(sections);
        synonyms = groups(lines.get("synonyms"));
        assets = aliases(lines.get("asset"));
        phrases = pairs(lines.get("phrase"));
        numbers = decimals(lines.get("number"));
        scales = decimals(lines.get("scale"));
        fractions = decimals(lines.get("fraction"));
        units = new HashMap<>();
        lines.get("unit").forEach(line -> units.put(line[0], Long.valueOf(line[1])));
    }

    /** Reads the lexicon that comes with this bundle. */
    static Lexicon load() {
        Map<String, List<String[]>> lines = new LinkedHashMap<>();
        try (InputStream stream = Lexicon.class.getResourceAsStream("lexicon.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<String[]> section = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String text = line.strip();
                if (text.startsWith("[")) {
                    section = lines.computeIfAbsent(text.substring(1, text.length() - 1), key -> new ArrayList<>());
                } else if (!text.isEmpty() && !text.startsWith("#")) {
                    section.add(text.split("\\s+"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Lexicon(lines);
    }

    /** Whether a lower-case word (apostrophes removed) stands in this section. */
    boolean is(String section, String word) {
        return sections.getOrDefault(section, Set.of()).contains(word);
    }

    /** Whether a stem is the stem of a word of this section. */
    boolean isStem(String section, String stem) {
        return stems.getOrDefault(section, Set.of()).contains(stem);
    }

    /** Whether a word says what a goal is about. */
    boolean isContent(String word) {
        return word.length() > 1 && !is("function", word);
    }

    /** The symbol of the asset that people call by this lower-case name, words joined by hyphens, or null. */
    String symbol(String name) {
        return assets.get(name);
    }

    /** The one word that two lower-case words mean together, or null. */
    String phrase(String first, String second) {
        return phrases.get(first + "-" + second);
    }

    /** The value of a number word, or null. */
    BigDecimal number(String word) {
        return numbers.get(word);
    }

    /** The value of {@code hundred}, {@code thousand} …, or null. */
    BigDecimal scale(String word) {
        return scales.get(word);
    }

    /** The value of {@code half}, {@code quarter} …, or null. */
    BigDecimal fraction(String word) {
        return fractions.get(word);
    }

    /** The seconds of a unit of time, or null. */
    Long unitSeconds(String word) {
        return units.get(word);
    }

    /** How alike two stems are: 1 for the same, 0 for no relation. */
    double similarity(String a, String b) {
        return a.equals(b) ? 1 : related(a).getOrDefault(b, 0.0);
    }

    /** The synonyms of a stem and how alike they are, without the stem itself. */
    Map<String, Double> related(String stem) {
        return synonyms.getOrDefault(stem, Map.of());
    }

    /** The stem of a lower-case word: light, so that forms of one word meet; it need not be a word. */
    String stem(String lower) {
        String word = lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower.replace("'", "");
        String base = irregular.get(word);
        return withoutE(base != null ? base : withoutSuffix(withoutPlural(word)));
    }

    private String withoutPlural(String word) {
        int length = word.length();
        if (length > 4 && word.endsWith("ies")) {
            return word.substring(0, length - 3) + "y";
        }
        if (length > 4 && word.endsWith("es") && "sxzho".indexOf(word.charAt(length - 3)) >= 0) {
            return word.substring(0, length - 2);
        }
        boolean plural = length > 3
                && word.endsWith("s")
                && !word.endsWith("ss")
                && !word.endsWith("us")
                && !word.endsWith("is");
        return plural ? word.substring(0, length - 1) : word;
    }

    private static String withoutSuffix(String word) {
        int length = word.length();
        if (length > 5 && word.endsWith("ing") && hasVowel(word, length - 3)) {
            return undoubled(word.substring(0, length - 3));
        }
        if (length > 4 && word.endsWith("ed") && !word.endsWith("eed") && hasVowel(word, length - 2)) {
            return undoubled(word.substring(0, length - 2));
        }
        return word;
    }

    private static String withoutE(String word) {
        return word.length() > 3 && word.endsWith("e") ? word.substring(0, word.length() - 1) : word;
    }

    private static String undoubled(String word) {
        int last = word.length() - 1;
        boolean doubled =
                last > 1 && word.charAt(last) == word.charAt(last - 1) && UNDOUBLED.indexOf(word.charAt(last)) >= 0;
        return doubled ? word.substring(0, last) : word;
    }

    private static boolean hasVowel(String word, int end) {
        for (int i = 0; i < end; i++) {
            if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> pairs(List<String[]> lines) {
        Map<String, String> map = new HashMap<>();
        lines.forEach(line -> map.put(line[0], line[1]));
        return map;
    }

    private static Map<String, BigDecimal> decimals(List<String[]> lines) {
        Map<String, BigDecimal> map = new HashMap<>();
        lines.stream().filter(line -> line.length > 1).forEach(line -> map.put(line[0], new BigDecimal(line[1])));
        return map;
    }

    private static Map<String, String> aliases(List<String[]> lines) {
        Map<String, String> map = new HashMap<>();
        for (String[] line : lines) {
            for (String alias : line) {
                map.put(alias.toLowerCase(Locale.ROOT), line[0]);
            }
        }
        return map;
    }

    private static Map<String, Set<String>> words(Map<String, List<String[]>> lines) {
        Map<String, Set<String>> map = new HashMap<>();
        lines.forEach((section, content) -> {
            Set<String> set = new LinkedHashSet<>();
            content.forEach(line -> set.addAll(List.of(line)));
            map.put(section, set);
        });
        return map;
    }

    private Map<String, Set<String>> stems(Map<String, Set<String>> source) {
        Map<String, Set<String>> map = new HashMap<>();
        source.forEach((section, set) -> {
            Set<String> stemmed = new LinkedHashSet<>();
            set.forEach(word -> stemmed.add(stem(word)));
            map.put(section, stemmed);
        });
        return map;
    }

    private Map<String, Map<String, Double>> groups(List<String[]> lines) {
        Map<String, Map<String, Double>> map = new HashMap<>();
        for (String[] line : lines) {
            Map<String, Double> group = new LinkedHashMap<>();
            for (String entry : line) {
                int equals = entry.indexOf('=');
                String word = equals < 0 ? entry : entry.substring(0, equals);
                group.put(stem(word), equals < 0 ? 1 : Double.parseDouble(entry.substring(equals + 1)));
            }
            group.forEach((stem, weight) -> group.forEach((other, otherWeight) -> {
                if (!stem.equals(other)) {
                    map.computeIfAbsent(stem, key -> new HashMap<>())
                            .merge(other, weight * otherWeight * SYNONYM, Math::max);
                }
            }));
        }
        return map;
    }
}
