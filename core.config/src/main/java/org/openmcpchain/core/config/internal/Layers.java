/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openmcpchain.config.ConfigProblem;

/**
 * What the operator wrote, as it was read: files name their keys, variables are matched to keys later, when it is known
 * which keys there are.
 *
 * @param file PID, key, value
 * @param variables in the order in which they override: the environment file, then the environment
 * @param problems what could not be read
 */
record Layers(Map<String, Map<String, Given>> file, List<Variable> variables, List<ConfigProblem> problems) {

    static final Layers NONE = new Layers(Map.of(), List.of(), List.of());

    /** A variable: {@code OPENMCP__<pid>__<key>} or {@code OPENMCP__<factory pid>__<name>__<key>}. */
    record Variable(String name, Given value) {

        static final String PREFIX = "OPENMCP__";
    }

    /** Layers that are filled by one reader after the other. Not thread-safe. */
    static final class Builder {

        private final Map<String, Map<String, Given>> file = new TreeMap<>();
        private final List<Variable> variables = new ArrayList<>();
        private final List<ConfigProblem> problems = new ArrayList<>();

        /** Takes a value of the file; a key that is there already is a problem. */
        void set(String pid, String key, Given value) {
            if (file.computeIfAbsent(pid, p -> new TreeMap<>()).putIfAbsent(key, value) != null) {
                problem(Problem.invalid(pid, key, "", "is written twice", value.place()));
            }
        }

        /** Takes a PID without any key: it is configured, with its defaults. */
        void mention(String pid) {
            file.computeIfAbsent(pid, p -> new TreeMap<>());
        }

        void variable(String name, Given value) {
            variables.add(new Variable(name, value));
        }

        void problem(ConfigProblem problem) {
            problems.add(problem);
        }

        Layers build() {
            // Variables of one layer are told apart by their names; their order must not depend on a hash table.
            List<Variable> ordered = new ArrayList<>(variables);
            ordered.sort(
                    Comparator.comparing((Variable v) -> v.value().source()).thenComparing(Variable::name));
            return new Layers(file, ordered, List.copyOf(problems));
        }
    }
}
