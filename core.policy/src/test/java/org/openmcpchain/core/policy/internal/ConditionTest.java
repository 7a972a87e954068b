/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;

class ConditionTest {

    private static final String MAX = Intents.MAX.toString();

    private final ConditionCompiler compiler =
            new ConditionCompiler(Map.of("friends", List.of(Intents.BOB), "none", List.of()));
    private final Intent swap = Intents.transaction(
            "uniswap-v2.router",
            null,
            Intents.MAX,
            List.of(new BalanceChange(Intents.ALICE, Intents.USDC, "USDC", 6, null, BigInteger.valueOf(-5))),
            Intents.action(ActionKind.TOKEN_APPROVAL, Intents.MAX, Flag.UNLIMITED),
            Intents.action(ActionKind.UNREADABLE, null));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tx.value == amount('115792089237316195423570985008687907853269984665640564039457584007913129639935')",
                "tx.value > amount('115792089237316195423570985008687907853269984665640564039457584007913129639934')",
                "!(tx.value > amount('115792089237316195423570985008687907853269984665640564039457584007913129639935'))",
                "tx.value >= 9223372036854775807",
                "9223372036854775807 < tx.value",
                "tx.maxFee == tx.gasLimit * tx.maxFeePerGas",
                "tx.maxFee == amount('4e14')",
                "tx.value - 1 < tx.value && tx.value + 1 > tx.value",
                "tx.value / 2 * 2 == tx.value - 1",
                "tx.value != amount(1) && amount(1) == amount('1')",
                "units('0.5', 18) == amount('5e17')",
                "string(amount('1e3')) == '1000'",
                "actions.exists(a, a.unlimited && a.amount == tx.value)",
                "actions[0].kind == 'TOKEN_APPROVAL' && actions[0].to in lists.friends",
                "'UNLIMITED' in actions[0].flags && actions[0].decimals == 6",
                "has(actions[0].amount) && !has(actions[1].amount) && !has(actions[0].expires)",
                "sum(actions.filter(a, has(a.amount)).map(a, a.amount)) == tx.value",
                "sum([]) == amount(0)",
                "changes.all(c, c.amount < 0) && changes[0].amount == amount(-5)",
                "tx.present && !signature.present && !inference.present && bundle.present",
                "tx.contract == 'uniswap-v2.router' && tx.asset == ''",
                "intent.point == 'SIGN' && intent.effect == 'TRANSACTION' && intent.session.startsWith('main/')",
                "grant.present && 'uniswap-v2.router' in grant.contracts",
                "!('x' in lists.none)",
                "now < timestamp('2026-11-20T15:00:00Z') && now.getHours('Europe/Berlin') == 15",
                "tx.from == address('0xA1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1')",
                "tx.function.matches('^f[(]')",
                "size(args) == 0"
            })
    void holds(String expression) throws Exception {
        assertThat(holds(expression, swap)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tx.arguments[0] in lists.friends && tx.arguments[0] == address('0xB0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0')",
                "tx.arguments[1] == '[0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0, [0xa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1]]'",
                "tx.arguments[2] == 'Pay 0xB0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0'",
                "tx.arguments[3] == '0xB0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B000'",
                "tx.arguments[4] == '[0xB0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B000, Yes]'"
            })
    void comparesAddressesAmongTheArgumentsInLowerCase(String expression) throws Exception {
        String bob = "0x" + "B0".repeat(20);
        Intent intent = Intents.transaction(
                "token",
                null,
                List.of(
                        bob,
                        "[" + bob + ", [0x" + "a1A1".repeat(10) + "]]",
                        "Pay " + bob,
                        bob + "00",
                        "[" + bob + "00, Yes]"),
                BigInteger.ZERO,
                List.of());

        assertThat(holds(expression, intent)).isTrue();
        assertThat(intent.transaction().orElseThrow().arguments())
                .as("people are shown what the tool wrote")
                .contains(bob);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inference.round > 0",
                "signature.kind == 'RAW_DIGEST'",
                "actions[1].amount > 0",
                "actions[7].kind == ''",
                "args.missing == 1",
                "tx.value / 0 > 0",
                "tx.value * tx.value * tx.value * tx.value * tx.value > 0",
                "amount(tx.function) > 0",
                "address(tx.function) == ''"
            })
    void hasNoValueWhenItReadsWhatIsNotThere(String expression) throws Exception {
        Condition condition = compiler.condition(expression);

        assertThatThrownBy(() -> condition.holds(question(swap))).isInstanceOf(ConditionFailedException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tx.valeu > 5|no such field; tx has present, chain",
                "transaction.value > 5|undeclared reference",
                "actions.exists(a, a.knid == 'X')|undefined field 'knid'",
                "tx.value == 5|no matching overload",
                "tx.value > 1.5|no matching overload",
                "tx.to > 5|no matching overload",
                "lists.foes.size() > 0|undeclared",
                "tx.value|is of type amount",
                "tx.to|is of type string",
                "tx.value > |mismatched input",
                "amount('0.5') > 0|not a whole number",
                "amount('1 ETH') > 0|not an amount",
                "address('0x12') == tx.to|not an address",
                "timestamp('yesterday') < now|timestamp",
                "tx.to.matches('(')|Regex",
                "actions.all(a, actions.all(b, actions.all(c, a == b && b == c)))|nests",
                "intent.principal = 'alice'|token recognition error"
            })
    void isRefusedWhenItIsWritten(String expression, String why) {
        assertThatThrownBy(() -> compiler.condition(expression))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContainingAll(why);
    }

    @Test
    void isRefusedWhenItIsTooLongOrTooDeep() {
        assertThatThrownBy(() -> compiler.condition("tx.to == '" + "x".repeat(5_000) + "'"))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> compiler.condition("!".repeat(200) + "(".repeat(500) + "true" + ")".repeat(500)))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> compiler.condition("[".repeat(1_000) + "]".repeat(1_000) + " == []"))
                .isInstanceOf(ExpressionException.class);
    }

    @Test
    void readsArgumentsOfEveryKind() throws Exception {
        Intent call = Intents.tool(
                "t",
                "{\"n\":3,\"big\":" + MAX
                        + ",\"half\":\"0.5\",\"rate\":1.5,\"yes\":true,\"in\":{\"list\":[1,\"a\",null]}}");

        assertThat(holds(
                        "args.n == 3 && args.big > amount('1e70') && units(args.half, 18) == amount('5e17')"
                                + " && args.rate == '1.5' && args.yes && args['in'].list[1] == 'a'",
                        call))
                .isTrue();
        assertThat(holds("has(args.n) && !has(args.m)", call)).isTrue();
    }

    @Test
    void readsMessagesAndQuestionsToModels() throws Exception {
        Intent permit = Intents.signature(
                SignatureFacts.Kind.TYPED_DATA, Intents.action(ActionKind.PERMIT, BigInteger.TEN, Flag.NO_EXPIRY));
        assertThat(holds(
                        "signature.kind == 'TYPED_DATA' && signature.primaryType == 'Permit' && actions[0].noExpiry"
                                + " && !tx.present",
                        permit))
                .isTrue();
        assertThat(holds(
                        "inference.provider == 'openai' && inference.inputTokens + inference.outputTokens == 1500",
                        Intents.inference("openai", "gpt")))
                .isTrue();
    }

    @Test
    void stopsALoopThatTakesTooLong() throws Exception {
        Intent many = Intents.transaction(
                "x",
                null,
                BigInteger.ONE,
                java.util.Collections.nCopies(200, Intents.action(ActionKind.CONTRACT_CALL, BigInteger.ONE))
                        .toArray(org.openmcpchain.policy.Action[]::new));
        Condition condition = compiler.condition("actions.all(a, actions.all(b, a.kind == b.kind))");

        assertThatThrownBy(() -> condition.holds(question(many))).isInstanceOf(ConditionFailedException.class);
    }

    private boolean holds(String expression, Intent intent) throws Exception {
        return compiler.condition(expression).holds(question(intent));
    }

    private static GateQuestion question(Intent intent) {
        return new GateQuestion(intent, "", null, Intents.granted("uniswap-v2.router"));
    }
}
