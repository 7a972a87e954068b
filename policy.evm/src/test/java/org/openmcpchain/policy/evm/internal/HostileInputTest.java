/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.policy.evm.internal.Calldata.address;
import static org.openmcpchain.policy.evm.internal.Calldata.call;
import static org.openmcpchain.policy.evm.internal.Calldata.calls;
import static org.openmcpchain.policy.evm.internal.Calldata.number;
import static org.openmcpchain.policy.evm.internal.Calldata.safe;
import static org.openmcpchain.policy.evm.internal.Town.ALICE;
import static org.openmcpchain.policy.evm.internal.Town.BOB;
import static org.openmcpchain.policy.evm.internal.Town.USDC;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/** Whatever the bytes are: an answer, bounded, and never a guess. */
class HostileInputTest {

    private static final List<String> SEEDS = java.util.stream.Stream.of(
                    DecoderTableTest.tokens(),
                    DecoderTableTest.permits(),
                    DecoderTableTest.bundles(),
                    DecoderTableTest.accounts(),
                    DecoderTableTest.swaps())
            .flatMap(rows -> rows.map(DecoderTableTest.Row::data))
            .filter(data -> data.length() > 10)
            .toList();

    private static List<Action> read(String data) {
        return new EvmCallDecoder().transaction(new Town(), ALICE, USDC, BigInteger.ZERO, data);
    }

    private static void assertSound(List<Action> actions) {
        assertThat(actions)
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(Reading.MAX_ACTIONS)
                .allSatisfy(action -> {
                    assertThat(action.kind()).isNotNull();
                    assertThat(action.path()).startsWith("0");
                    assertThat(action.text()).isNotBlank().doesNotContain("\n");
                    if (action.amount() != null) {
                        assertThat(action.amount()).isNotNegative();
                    }
                });
    }

    @Provide
    Arbitrary<String> known() {
        return Arbitraries.of(SEEDS);
    }

    /** Random words behind a known selector: offsets and lengths that lead anywhere. */
    @Property(tries = 3_000)
    void anythingBehindAKnownFunction(@ForAll("known") String seed, @ForAll byte[] rest) {
        assertSound(read(seed.substring(0, 10) + Hex.text(rest).substring(2)));
    }

    /** Real calldata with one word replaced by a hostile one. */
    @Property(tries = 5_000)
    void oneWordIsALie(
            @ForAll("known") String seed, @ForAll @IntRange(min = 0, max = 63) int place, @ForAll("lies") String lie) {
        int words = (seed.length() - 10) / 64;
        if (words == 0) {
            return;
        }
        int at = 10 + place % words * 64;
        assertSound(read(seed.substring(0, at) + lie + seed.substring(Math.min(seed.length(), at + 64))));
    }

    @Provide
    Arbitrary<String> lies() {
        String zeros = "0".repeat(64);
        return Arbitraries.of(
                zeros,
                "f".repeat(64),
                "8" + "0".repeat(63),
                zeros.substring(1) + "1",
                zeros.substring(2) + "20",
                zeros.substring(2) + "40",
                zeros.substring(8) + "7fffffff",
                zeros.substring(8) + "80000000",
                zeros.substring(16) + "7fffffffffffffff",
                zeros.substring(8) + "00ffffff");
    }

    /** Cut anywhere. */
    @Property(tries = 2_000)
    void cutShort(@ForAll("known") String seed, @ForAll @IntRange(min = 0, max = 4_000) int length) {
        String cut = seed.substring(0, Math.min(seed.length(), 2 + length * 2));
        List<Action> actions = read(cut);

        assertSound(actions);
        List<Action> whole = read(seed);
        boolean readable = whole.stream().noneMatch(action -> action.kind() == ActionKind.UNREADABLE);
        if (readable && cut.length() < seed.length()) {
            assertThat(actions).as("a part is never read as the whole").isNotEqualTo(whole);
        }
    }

    @Property(tries = 2_000)
    void anyTextAsTypedData(@ForAll String text) {
        assertSound(new EvmCallDecoder().typedData(new Town(), ALICE, text));
    }

    @Property(tries = 500)
    void theSameInputGivesTheSameActions(@ForAll("known") String seed) {
        assertThat(read(seed)).isEqualTo(read(seed));
    }

    @Test
    void textThatIsNoHexIsUnreadable() {
        assertThat(read("0xzz")).extracting(Action::kind).containsExactly(ActionKind.UNREADABLE);
        assertThat(read("0x123")).extracting(Action::kind).containsExactly(ActionKind.UNREADABLE);
        assertThat(new EvmCallDecoder().transaction(new Town(), "nobody", BOB, BigInteger.ZERO, "0x"))
                .extracting(Action::kind)
                .containsExactly(ActionKind.UNREADABLE);
    }

    @Test
    void eightCallsDeepAreReadAndTheNinthIsCutOff() {
        String data = call("approve", address(BOB), number(Town.MAX));
        for (int i = 0; i < 8; i++) {
            data = call("multicall", calls(data));
        }
        assertThat(read(data)).last().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ActionKind.TOKEN_APPROVAL);
            assertThat(action.is(Flag.UNLIMITED)).isTrue();
        });

        assertThat(read(call("multicall", calls(data)))).last().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ActionKind.UNREADABLE);
            assertThat(action.flags()).containsExactly(Flag.TRUNCATED);
        });
    }

    @Test
    void moreActionsThanAreToldAreSaidToBeThere() {
        String[] many = new String[300];
        Arrays.fill(many, call("transfer", address(BOB), number(1)));

        List<Action> actions = read(call("multicall", calls(many)));

        assertThat(actions).hasSize(Reading.MAX_ACTIONS);
        assertThat(actions).last().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ActionKind.UNREADABLE);
            assertThat(action.flags()).containsExactly(Flag.TRUNCATED);
        });
    }

    @Test
    void whatIsTooLongIsNotRead() {
        assertThat(read("0x" + "00".repeat(Reading.MAX_BYTES + 1)))
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.kind()).isEqualTo(ActionKind.UNREADABLE);
                    assertThat(action.flags()).containsExactly(Flag.TRUNCATED);
                });
    }

    @Test
    void aCallThatBreaksInsideABundleHidesNothingElse() {
        String broken = call("approve", address(BOB), number(1)).substring(0, 80);
        String good = call("transfer", address(BOB), number(1));

        assertThat(read(call("multicall", calls(good, broken, good))))
                .extracting(Action::kind)
                .containsExactly(
                        ActionKind.CONTRACT_CALL,
                        ActionKind.TOKEN_TRANSFER,
                        ActionKind.UNREADABLE,
                        ActionKind.TOKEN_TRANSFER);
    }

    @Test
    void aRefundOfASafeIsUnreadable() {
        String data = safe(BOB, 1, "0x", 0);
        String withGasPrice = data.substring(0, 10 + 64 * 7 - 2) + "01" + data.substring(10 + 64 * 7);

        assertThat(new EvmCallDecoder().transaction(new Town(), ALICE, Town.SAFE, BigInteger.ZERO, withGasPrice))
                .extracting(Action::path)
                .contains("0.refund");
    }

    @Test
    void namesAreStrippedOfWhatDeceives() {
        assertThat(Words.plain("US\u202EDC\u200B\n\t")).isEqualTo("USDC");
        assertThat(Words.plain("\u3164\u2028")).isEqualTo("?");
        assertThat(Words.plain("x".repeat(1_000))).hasSize(64);
        assertThat(Words.plain("a\u00A0b c")).isEqualTo("ab c");
    }
}
