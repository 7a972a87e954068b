/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;

class PolicyReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rules: []|line 1: version is missing",
                "version: 2|line 1, version: must be 1",
                "[]|line 1: must be a map",
                "just words|line 1: must be a map",
                "version: 1\\nrule: []|line 2, rule: is not known",
                "version: 1\\nrules: {}|line 2, rules: must be a list",
                "version: 1\\nrules:\\n- id: a\\n  at: SIGN|line 3, rules[0]: then is missing",
                "version: 1\\nrules:\\n- {id: a, then: ALLOW}|line 3, rules[0]: at is missing",
                "version: 1\\nrules:\\n- {id: a, at: [], then: ALLOW}|line 3, rules[0].at: names no point",
                "version: 1\\nrules:\\n- {at: SIGN, then: ALLOW}|line 3, rules[0]: id is missing",
                "version: 1\\nrules:\\n- {id: default-deny, at: SIGN, then: ALLOW}|rules[0].id: must be 1 to 64",
                "version: 1\\nrules:\\n- {id: a, id: b, at: SIGN, then: ALLOW}|rules[0].id: is there twice",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: ALLOW, when: tx.valeu > 1}|rules[0].when: column 1: no such field",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: ALLOW, when: [a]}|rules[0].when: must be a text",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: ALLOW, approval: {quorum: 2}}|only stands beside then: ASK",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: ASK, approval: {approvers: [x], quorum: 2}}|more people than there are",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: ASK, approval: {expires: 1h}}|ISO-8601",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: ASK, approval: {expires: PT0S}}|ISO-8601",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: ASK, approval: {onExpiry: ASK}}|one of ALLOW, DENY",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: ASK, approval: {otherThanRequester: yes}}|true or false",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: ASK, approval: {approvers: []}}|names nobody",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: DENY, reason: '{tx.to'}|rules[0].reason: has a brace",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: DENY, reason: 'a } b'}|rules[0].reason: has a brace",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: DENY, reason: '{actions}'}|cannot stand in a sentence",
                "version: 1\\nrules:\\n- {id: a, at: SIGN, then: DENY, reason: '{tx.too}'}|no such field",
                "version: 1\\nlists: {a-b: []}|lists.a-b: must have a name",
                "version: 1\\nlists: {a: b}|lists.a: must be a list",
                "version: 1\\ncaps:\\n- {id: a, unit: gas}|limit is missing",
                "version: 1\\ncaps:\\n- {id: a, limit: 1}|unit is missing",
                "version: 1\\ncaps:\\n- {id: a, unit: eth, limit: 1}|caps[0].unit: must be a CAIP-19",
                "version: 1\\ncaps:\\n- {id: a, unit: gas, limit: 0.5}|whole number of base units",
                "version: 1\\ncaps:\\n- {id: a, unit: gas, limit: -1}|whole number of base units",
                "version: 1\\ncaps:\\n- {id: a, unit: value-usd, limit: 0.0000001}|amount of USD",
                "version: 1\\ncaps:\\n- {id: a, unit: count, limit: 1}|caps[0]: at is missing",
                "version: 1\\ncaps:\\n- {id: a, unit: gas, limit: 1, then: ALLOW}|one of ASK, DENY",
                "version: 1\\ncaps:\\n- {id: a, unit: gas, limit: 1, per: TRANSACTION, window: PT1H}|does not stand beside",
                "version: 1\\ncaps:\\n- {id: a, unit: gas, limit: 1, per: PLANET}|one of ALL",
                "version: 1\\nprices:\\n- {input: 1}|output is missing",
                "version: 1\\nprices:\\n- {input: 1, output: free}|USD for a million tokens",
                "a: &x [1]\\nb: *x|within the limits",
                "a: [[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]|within the limits",
                "a: [|is not YAML"
            })
    void tellsWhatIsWrongAndWhere(String text, String problem) {
        assertThat(PolicyReader.read(text.replace("\\n", "\n")).problems())
                .anySatisfy(line -> assertThat(line).contains(problem));
    }

    @Test
    void readsCapsAndPrices() {
        PolicyDraft draft = PolicyReader.read(
                """
                version: 1
                prices: [{provider: openai, input: 1.25, output: 10}]
                caps:
                  - {id: day, unit: "eip155:1/slip44:60", limit: 1.5e18, per: principal, window: PT24H, then: ASK}
                  - {id: usd, unit: model-usd, limit: 5.5, fuse: true}
                """);

        assertThat(draft.problems()).isEmpty();
        assertThat(draft.caps()).hasSize(2);
        assertThat(draft.caps().get(0)).satisfies(cap -> {
            assertThat(cap.limit()).isEqualTo(new BigInteger("1500000000000000000"));
            assertThat(cap.per()).isEqualTo(CapRule.Per.PRINCIPAL);
            assertThat(cap.window()).contains(Duration.ofDays(1));
            assertThat(cap.at()).containsExactly(GatePoint.SIGN);
            assertThat(cap.then()).isEqualTo(Decision.NEEDS_APPROVAL);
        });
        assertThat(draft.caps().get(1).limit()).isEqualTo(BigInteger.valueOf(5_500_000));
        assertThat(draft.caps().get(1).at()).containsExactly(GatePoint.INFERENCE);
        assertThat(draft.prices()).singleElement().satisfies(price -> {
            assertThat(price.input()).isEqualTo(BigInteger.valueOf(1_250_000));
            assertThat(price.covers("openai", "anything")).isTrue();
            assertThat(price.covers("other", "anything")).isFalse();
        });
    }

    @Test
    void hasOneDigestForOneMeaning() {
        PolicyDraft plain = PolicyReader.read("version: 1\nrules:\n  - {id: a, at: TOOL, then: ALLOW}\n");
        PolicyDraft other = PolicyReader.read("# why\nrules:\n- then: ALLOW\n  id: 'a'\n  at: TOOL\nversion: '1'\n");
        PolicyDraft changed = PolicyReader.read("version: 1\nrules:\n  - {id: a, at: TOOL, then: DENY}\n");

        assertThat(other.digest()).isEqualTo(plain.digest());
        assertThat(changed.digest()).isNotEqualTo(plain.digest());
    }

    @Test
    void takesTwoThousandRulesAndNotOneMore() {
        assertThat(PolicyReader.read(rules(PolicyReader.MAX_RULES)).problems()).isEmpty();
        assertThat(PolicyReader.read(rules(PolicyReader.MAX_RULES + 1)).problems())
                .singleElement()
                .asString()
                .contains("more than 2000 rules");
        assertThat(PolicyReader.read("#".repeat(PolicyReader.MAX_CHARACTERS + 1))
                        .problems())
                .singleElement()
                .asString()
                .contains("longer than");
    }

    @Test
    void endsAListOfProblemsThatHasNoEnd() {
        assertThat(PolicyReader.read("version: 1\nrules: [" + "{},".repeat(500) + "]")
                        .problems())
                .hasSize(101);
    }

    @Test
    void neverThrowsWhateverItReads() {
        Random random = new Random(7);
        String good = StartingPolicyText.of(PolicySettings.of(new StartingSettings()));
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int j = random.nextInt(4); j >= 0; j--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x3000));
                    case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(80)));
                    default -> text.insert(
                            at,
                            List.of("{", "'", "\"", "\n  - ", ": ", "&a ", "*a", "!!int ", "\u0000")
                                    .get(random.nextInt(9)));
                }
            }
            assertThatCode(() -> PolicyReader.read(text.toString())).doesNotThrowAnyException();
        }
    }

    private static String rules(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "- {id: r" + i + ", at: TOOL, then: DENY, when: 'intent.subject == \"t" + i + "\"'}\n")
                .collect(Collectors.joining("", "version: 1\nrules:\n", ""));
    }
}
