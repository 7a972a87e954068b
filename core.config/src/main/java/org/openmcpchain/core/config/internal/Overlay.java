/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openmcpchain.config.ConfigProblem;

/**
 * Lays the layers over each other and finds out which key a variable means. A shell allows only letters, digits and
 * underscores in a name, so a variable is compared without regard to case and with an underscore for each {@code .} and
 * {@code -}; two underscores separate PID, name and key.
 */
final class Overlay {

    private final Map<String, Description> descriptions;
    private final Map<Pid, Map<String, Given>> values = new TreeMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    Overlay(Layers layers, Map<String, Description> descriptions) {
        this.descriptions = descriptions;
        layers.file().forEach((pid, keys) -> values.put(Pid.of(pid), new TreeMap<>(keys)));
        layers.variables().forEach(this::lay);
    }

    /**
     * Every PID that the layers configure, ordered by name.
     *
     * @param elsewhere what is configured by others
     */
    List<Wanted> wanted(Map<Pid, Map<String, Object>> elsewhere) {
        List<Wanted> all = new ArrayList<>();
        values.forEach((pid, keys) -> all.add(new Wanted(
                pid,
                Optional.ofNullable(descriptions.get(pid.described())),
                elsewhere.getOrDefault(pid, Map.of()),
                keys)));
        return all;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    private void lay(Layers.Variable variable) {
        List<String> parts = List.of(
                variable.name().substring(Layers.Variable.PREFIX.length()).split("__", -1));
        if (parts.contains("") || parts.size() < 2 || parts.size() > 3) {
            problem(variable, "must be OPENMCP__<pid>__<key> or OPENMCP__<factory pid>__<name>__<key>");
            return;
        }
        Optional<Pid> pid =
                parts.size() == 2 ? single(variable, parts.get(0)) : instance(variable, parts.get(0), parts.get(1));
        pid.ifPresent(found -> key(variable, found, parts.get(parts.size() - 1))
                .ifPresent(key ->
                        values.computeIfAbsent(found, p -> new TreeMap<>()).put(key, variable.value())));
    }

    private Optional<Pid> single(Layers.Variable variable, String written) {
        return match(variable, written, known(false)).map(Pid::of);
    }

    private Optional<Pid> instance(Layers.Variable variable, String writtenFactory, String writtenName) {
        return match(variable, writtenFactory, known(true)).flatMap(factory -> {
            Set<String> names = new TreeSet<>();
            values.keySet().stream()
                    .filter(pid -> pid.described().equals(factory))
                    .forEach(pid -> pid.instance().ifPresent(names::add));
            return match(variable, writtenName, names).map(name -> Pid.of(factory, name));
        });
    }

    /** PIDs, or factory PIDs, that a bundle describes or that are configured already. */
    private Set<String> known(boolean factories) {
        Set<String> known = new TreeSet<>();
        descriptions.values().stream()
                .filter(description -> description.factory() == factories)
                .forEach(description -> known.add(description.pid()));
        values.keySet().stream()
                .filter(pid -> pid.instance().isPresent() == factories)
                .forEach(pid -> known.add(pid.described()));
        return known;
    }

    private Optional<String> key(Layers.Variable variable, Pid pid, String written) {
        Set<String> known = new TreeSet<>(values.getOrDefault(pid, Map.of()).keySet());
        Description description = descriptions.get(pid.described());
        if (description != null) {
            known.addAll(description.attributes().keySet());
        }
        return match(variable, written, known);
    }

    /** The known name that is meant, or the name as it is written when none is; empty when it could be several. */
    private Optional<String> match(Layers.Variable variable, String written, Collection<String> known) {
        if (known.contains(written)) {
            return Optional.of(written);
        }
        List<String> meant = known.stream()
                .filter(name -> folded(name).equals(folded(written)))
                .toList();
        if (meant.size() > 1) {
            problem(variable, "could mean " + String.join(" or ", meant));
            return Optional.empty();
        }
        return Optional.of(meant.isEmpty() ? written : meant.get(0));
    }

    private void problem(Layers.Variable variable, String rule) {
        problems.add(
                Problem.invalid("", variable.name(), "", rule, variable.value().place()));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
