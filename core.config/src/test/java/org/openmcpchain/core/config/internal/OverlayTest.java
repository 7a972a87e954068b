/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.config.ConfiguredPid.Source;

class OverlayTest {

    private static final Map<String, Description> NOBODY = Map.of();

    @ParameterizedTest
    @ValueSource(strings = {"OPENMCP__", "OPENMCP__pid", "OPENMCP__pid__", "OPENMCP____key", "OPENMCP__a__b__c__d"})
    void saysHowAVariableMustLook(String name) {
        Overlay overlay = new Overlay(layers(Map.of(), name), NOBODY);

        assertThat(overlay.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(name);
            assertThat(problem.rule()).startsWith("must be OPENMCP__<pid>__<key>");
        });
    }

    @Test
    void takesAVariableForWhatItSaysWhenNobodyKnowsThePidYet() {
        Overlay overlay =
                new Overlay(layers(Map.of(), "OPENMCP__a.b.Engine__workers", "OPENMCP__a.b.Net__x__url"), NOBODY);

        assertThat(overlay.wanted(Map.of()))
                .extracting(wanted -> wanted.pid().toString())
                .containsExactly("a.b.Engine", "a.b.Net~x");
    }

    @Test
    void matchesAVariableToAPidOfTheFile() {
        Overlay overlay = new Overlay(
                layers(Map.of("a.b-c.Engine", Map.of("max.workers", given())), "OPENMCP__A_B_C_ENGINE__MAX_WORKERS"),
                NOBODY);

        assertThat(overlay.wanted(Map.of())).singleElement().satisfies(wanted -> assertThat(
                        wanted.values().get("max.workers").source())
                .isEqualTo(Source.ENVIRONMENT));
    }

    @Test
    void refusesAVariableThatCouldMeanTwoThings() {
        Overlay overlay = new Overlay(
                layers(
                        Map.of("a.b.Engine", Map.of("x.y", given(), "x-y", given())),
                        "OPENMCP__A_B_ENGINE__X_Y",
                        "OPENMCP__a.b.Engine__x.y"),
                NOBODY);

        assertThat(overlay.problems()).extracting(ConfigProblem::rule).containsExactly("could mean x-y or x.y");
    }

    private static Layers layers(Map<String, Map<String, Given>> file, String... variables) {
        return new Layers(
                file,
                List.of(variables).stream()
                        .map(name -> new Layers.Variable(name, Given.plain("v", Source.ENVIRONMENT, name)))
                        .toList(),
                List.of());
    }

    private static Given given() {
        return Given.plain("v", Source.FILE, "openmcp.yaml:1");
    }
}
