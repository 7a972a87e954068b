/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the planner knows about one installed tool. Immutable; read from what the tool says of itself.
 *
 * @param name its public name
 * @param description its description
 * @param effect {@code READ}, {@code EXTERNAL} or {@code TRANSACTION}
 * @param parameters its arguments
 * @param learned what its examples teach, by the name of the argument
 * @param terms how much each stem is a stem of this tool: 0 to 1
 * @param actions how much each stem names what this tool does: 0 to 1
 * @param words every word of its examples, lower-case
 * @param symbols assets that it names by itself, upper-case
 * @param patterns the patterns of its examples
 * @param example a goal that it can fulfil, or an empty text
 */
record ToolCard(
        String name,
        String description,
        String effect,
        List<Parameter> parameters,
        Map<String, Learned> learned,
        Map<String, Double> terms,
        Map<String, Double> actions,
        Set<String> words,
        Set<String> symbols,
        List<Pattern> patterns,
        String example) {

    private static final int MAX_SUMMARY = 100;

    /** Copies the collections. */
    ToolCard {
        parameters = List.copyOf(parameters);
        learned = Map.copyOf(learned);
        terms = Map.copyOf(terms);
        actions = Map.copyOf(actions);
        words = Set.copyOf(words);
        symbols = Set.copyOf(symbols);
        patterns = List.copyOf(patterns);
    }

    /** Whether it only looks. */
    boolean onlyReads() {
        return effect.equals("READ");
    }

    Learned learned(Parameter parameter) {
        return learned.getOrDefault(parameter.name(), Learned.NOTHING);
    }

    Parameter parameter(String wanted) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    /** The first sentence of its description. */
    String summary() {
        String first = description.split("(?<=[.!])\\s|[:;]\\s", 2)[0].strip();
        String plain = first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
        int cut = plain.length() <= MAX_SUMMARY ? plain.length() : plain.lastIndexOf(' ', MAX_SUMMARY);
        return cut == plain.length() ? plain : plain.substring(0, Math.max(cut, 20)) + " …";
    }

    /**
     * A goal with the arguments that fulfil it.
     *
     * @param goal the goal
     * @param arguments the arguments
     */
    record Example(String goal, JsonNode arguments) {}
}
