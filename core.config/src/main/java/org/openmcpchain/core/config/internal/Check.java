/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.config.ConfiguredPid.Setting;
import org.openmcpchain.config.ConfiguredPid.Source;
import org.openmcpchain.core.config.internal.Description.Attribute;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/** Holds one PID against its description. */
final class Check {

    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Wanted wanted;
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<Setting> settings = new ArrayList<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    private Check(Wanted wanted) {
        this.wanted = wanted;
    }

    static Checked of(Wanted wanted) {
        Check check = new Check(wanted);
        if (wanted.description().isPresent()) {
            check.against(wanted.description().get());
        } else {
            wanted.values().forEach((key, given) -> check.show(key, Problem.HIDDEN, given.source()));
        }
        check.settings.sort(Comparator.comparing(Setting::key));
        return new Checked(wanted, check.properties, check.settings, check.problems);
    }

    private void against(Description description) {
        if (description.factory() != wanted.pid().instance().isPresent()) {
            String rule = description.factory()
                    ? "is a factory: configure an instance, " + description.pid() + "~<name>"
                    : "is not a factory: leave the ~ and what is behind it out";
            problem(Problem.invalid(pid(), "", "", rule, place()));
            return;
        }
        if (!wanted.pid().instance().map(INSTANCE.asMatchPredicate()::test).orElse(true)) {
            problem(Problem.invalid(pid(), "", "", "an instance has a name of 1 to 64 of A-Z a-z 0-9 . _ -", place()));
            return;
        }
        wanted.values().forEach((key, given) -> {
            Attribute attribute = description.attributes().get(key);
            if (attribute == null) {
                undeclared(key, given);
            } else {
                declared(attribute, given);
            }
        });
        description.attributes().values().stream()
                .filter(attribute -> !wanted.values().containsKey(attribute.key()))
                .forEach(this::absent);
    }

    private void declared(Attribute attribute, Given given) {
        String shown = attribute.isSecret() ? Problem.HIDDEN : given.text();
        show(attribute.key(), shown, given.source());
        try {
            properties.put(attribute.key(), new TypedValue(attribute.definition()).of(given));
        } catch (RuleBroken broken) {
            problem(Problem.invalid(pid(), attribute.key(), shown, broken.getMessage(), given.place()));
        }
    }

    private void absent(Attribute attribute) {
        Object elsewhere = wanted.elsewhere().get(attribute.key());
        if (elsewhere != null) {
            show(attribute, elsewhere instanceof String text ? text : "(set)", Source.ELSEWHERE);
        } else if (attribute.defaults().isPresent()) {
            show(attribute, String.join(",", attribute.defaults().get()), Source.DEFAULT);
        } else if (attribute.required()) {
            problem(Problem.missing(pid(), attribute.key()));
        }
    }

    private void show(Attribute attribute, String value, Source source) {
        show(attribute.key(), attribute.isSecret() ? Problem.HIDDEN : value, source);
    }

    /** What Declarative Services understands for every component, although no description lists it. */
    private void undeclared(String key, Given given) {
        if (key.equals("service.ranking") || key.endsWith(".cardinality.minimum")) {
            try {
                properties.put(key, Integer.valueOf(given.text()));
                show(key, given.text(), given.source());
            } catch (NumberFormatException e) {
                problem(Problem.invalid(pid(), key, given.text(), "must be a whole number", given.place()));
            }
        } else if (key.endsWith(".target")) {
            try {
                FrameworkUtil.createFilter(given.text());
                properties.put(key, given.text());
                show(key, given.text(), given.source());
            } catch (InvalidSyntaxException e) {
                problem(Problem.invalid(pid(), key, given.text(), "must be a service filter", given.place()));
            }
        } else {
            problem(Problem.unknownKey(pid(), key, given.place()));
        }
    }

    private void show(String key, String value, Source source) {
        settings.add(new Setting(key, value, source));
    }

    private void problem(ConfigProblem problem) {
        problems.add(problem);
    }

    private String pid() {
        return wanted.pid().toString();
    }

    private String place() {
        return wanted.values().values().stream().findFirst().map(Given::place).orElse("");
    }
}
