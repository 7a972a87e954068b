/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Verdict;

final class RunValuesTest {

    private static final String HELD = "SCHEDULED RUNNING COMPENSATING FAILED CANCELLED";

    @ParameterizedTest
    @CsvSource({
        "PENDING, SCHEDULED PAUSED FAILED CANCELLED",
        "SCHEDULED, RUNNING PAUSED FAILED CANCELLED",
        "RUNNING, SCHEDULED WAITING_APPROVAL RETRYING PAUSED COMPENSATING SUCCEEDED FAILED CANCELLED",
        "WAITING_APPROVAL, PAUSED " + HELD,
        "RETRYING, PAUSED " + HELD,
        "PAUSED, " + HELD,
        "COMPENSATING, COMPENSATED COMPENSATION_FAILED",
        "SUCCEEDED, ''",
        "FAILED, ''",
        "CANCELLED, ''",
        "COMPENSATED, ''",
        "COMPENSATION_FAILED, ''"
    })
    void aRunMayGoToTheseStatesAndNoOthers(RunState from, String expected) {
        Set<String> allowed = new TreeSet<>();
        for (RunState to : RunState.values()) {
            if (from.canBecome(to)) {
                allowed.add(to.name());
            }
        }
        assertThat(allowed).isEqualTo(expected.isEmpty() ? Set.of() : new TreeSet<>(List.of(expected.split(" "))));
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void onlyWhatHasEndedGoesNowhere(RunState state) {
        boolean goesSomewhere = List.of(RunState.values()).stream().anyMatch(state::canBecome);
        assertThat(goesSomewhere).isEqualTo(!state.isTerminal());
    }

    @Test
    void anOutcomeIsAValueWithAWord() {
        Verdict verdict = verdict();
        Map<Outcome<String>, String> words = Map.of(
                new Outcome.Ok<>("x"), "OK",
                new Outcome.Denied<>(verdict), "DENIED",
                new Outcome.NeedsApproval<>(verdict), "NEEDS_APPROVAL",
                new Outcome.Failed<>("X", true, "detail", Map.of()), "FAILED",
                new Outcome.Unknown<>("0xh", "sent"), "UNKNOWN");
        words.forEach((outcome, word) -> {
            assertThat(outcome.word()).isEqualTo(word);
            assertThat(outcome.isOk()).isEqualTo(word.equals("OK"));
            assertThat(outcome.map(String::length).word()).isEqualTo(word);
            if (outcome.isOk()) {
                assertThat(outcome.orThrow()).isEqualTo("x");
                assertThat(outcome.map(String::length).orThrow()).isEqualTo(1);
            } else {
                assertThatThrownBy(outcome::orThrow)
                        .isInstanceOfSatisfying(OutcomeException.class, carried -> assertThat(carried.outcome())
                                .isSameAs(outcome))
                        .hasMessageContaining(word);
            }
        });
    }

    private static Verdict verdict() {
        return new Verdict(Decision.DENY, "value-cap", "1", "too much", "ab".repeat(32));
    }

    @Test
    void aQueryHasBounds() {
        assertThat(RunQuery.newest(200).newestFirst()).isTrue();
        for (int limit : new int[] {0, 201, -1}) {
            assertThatThrownBy(() -> RunQuery.newest(limit)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new RunQuery(
                        Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pagesAndCountsCannotBeChangedFromOutside() {
        List<String> items = new ArrayList<>(List.of("a"));
        Map<RunState, Long> counts = new HashMap<>(Map.of(RunState.FAILED, 1L));
        Page<String> page = new Page<>(items, 1, OptionalInt.empty());
        RunStats stats = new RunStats(1, counts);
        items.clear();
        counts.clear();

        assertThat(page.items()).containsExactly("a");
        assertThat(stats.byState()).containsEntry(RunState.FAILED, 1L);
    }
}
