/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.openmcpchain.policy.Decision;

class ApprovalTermsTest {

    private static final ApprovalTerms BOARD = terms(List.of("carol", "dave"), 2, 4, Decision.DENY, true);

    @Test
    void aShorterTimeIsStrictForAYesAndALongerOneForAnObjection() {
        ApprovalTerms hour = terms(List.of("*"), 1, 1, Decision.ALLOW, false);
        ApprovalTerms day = terms(List.of("*"), 1, 24, Decision.ALLOW, false);

        assertThat(day.areAsStrictAs(hour)).isTrue();
        assertThat(hour.areAsStrictAs(day)).isFalse();
        assertThat(hour.and(day)).contains(day);
        assertThat(BOARD.and(terms(List.of("*"), 1, 8, Decision.DENY, false))).contains(BOARD);
        assertThat(terms(List.of("carol", "dave"), 2, 5, Decision.DENY, true).areAsStrictAs(BOARD))
                .isFalse();
    }

    @Test
    void eachPartMustBeAsStrict() {
        assertThat(BOARD.areAsStrictAs(BOARD)).isTrue();
        assertThat(BOARD.areAsStrictAs(ApprovalTerms.STANDARD))
                .as("a shorter time")
                .isFalse();
        assertThat(terms(List.of("carol", "erin"), 2, 4, Decision.DENY, true).areAsStrictAs(BOARD))
                .isFalse();
        assertThat(terms(List.of("carol", "*"), 2, 4, Decision.DENY, true).areAsStrictAs(BOARD))
                .isFalse();
        assertThat(terms(List.of("carol", "dave"), 1, 4, Decision.DENY, true).areAsStrictAs(BOARD))
                .isFalse();
        assertThat(terms(List.of("carol", "dave"), 2, 4, Decision.ALLOW, true).areAsStrictAs(BOARD))
                .isFalse();
        assertThat(terms(List.of("carol", "dave"), 2, 4, Decision.DENY, false).areAsStrictAs(BOARD))
                .isFalse();
    }

    @Property
    void bothAtOnceAreAsStrictAsEach(@ForAll("terms") ApprovalTerms one, @ForAll("terms") ApprovalTerms other) {
        Optional<ApprovalTerms> both = one.and(other);

        assertThat(both.map(terms -> terms.areAsStrictAs(one)).orElse(true)).isTrue();
        assertThat(both.map(terms -> terms.areAsStrictAs(other)).orElse(true)).isTrue();
        assertThat(other.and(one).isPresent()).isEqualTo(both.isPresent());
    }

    @Provide
    Arbitrary<ApprovalTerms> terms() {
        return Combinators.combine(
                        Arbitraries.of("*", "carol", "dave", "erin")
                                .list()
                                .uniqueElements()
                                .ofMinSize(1),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(Decision.DENY, Decision.ALLOW),
                        Arbitraries.of(true, false))
                .as(ApprovalTermsTest::terms);
    }

    private static ApprovalTerms terms(
            List<String> approvers, int quorum, int hours, Decision onExpiry, boolean otherThanRequester) {
        return new ApprovalTerms(approvers, quorum, Duration.ofHours(hours), onExpiry, otherThanRequester);
    }
}
