/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.policy.internal.LedgerWorld.BOB;
import static org.openmcpchain.core.policy.internal.LedgerWorld.CAROL;
import static org.openmcpchain.core.policy.internal.LedgerWorld.COIN;
import static org.openmcpchain.core.policy.internal.LedgerWorld.SIGNER;
import static org.openmcpchain.core.policy.internal.LedgerWorld.USDC;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;

class ApprovalWordsTest {

    private static final BigInteger ETHER = BigInteger.TEN.pow(18);

    @Test
    void saysASwapInOneSentenceAndInFull() {
        Intent swap = swap(
                "Send 0.5 ETH to uniswap-v2.router (0x…)", "USDC", "{\"amount\":\"0.5\",\"path\":[\"ETH\",\"USDC\"]}");

        assertThat(ApprovalWords.summary(swap))
                .isEqualTo("dex_swap: Send 0.5 ETH to uniswap-v2.router (0x…); simulated, you receive 1,480.2 USDC;"
                        + " fee at most 0.003 ETH; on eip155:31337");
        assertThat(ApprovalWords.lines(swap))
                .contains(
                        "For alice in session alice/main, run r1",
                        "1. Send 0.5 ETH to uniswap-v2.router (0x…)",
                        "Simulated: your account loses 0.5 ETH",
                        "Simulated: your account receives 1,480.2 USDC",
                        "Value: 0.5 ETH",
                        "Gas: at most 150000 units at 20000000000 wei, so a fee of at most 0.003 ETH",
                        "Argument amount: 0.5",
                        "Argument path: [\"ETH\",\"USDC\"]");
    }

    @Test
    void aCallThatTakesATokenOrChangesControlIsInTheSentence() {
        Action swap = LedgerWorld.token(ActionKind.CONTRACT_CALL, "0", SIGNER, BOB, 1_234_567);
        Action control =
                LedgerWorld.action(ActionKind.CONTRACT_CALL, "0.exec", SIGNER, CAROL, null, null, null, Flag.CONTROL);
        Action carrier = LedgerWorld.action(ActionKind.CONTRACT_CALL, "0", SIGNER, null, null, null, null);
        List<Action> actions = List.of(carrier, swap, control, LedgerWorld.coin(BOB, 1));

        String summary = ApprovalWords.summary(
                LedgerWorld.sign("k", "alice", LedgerWorld.facts(BOB, 1, actions, List.of(), true)));

        assertThat(summary).contains("1.234567", CAROL).doesNotContain("more");
    }

    @Test
    void hostileNamesCannotHideAnything() {
        Intent swap = swap(
                "Send\u202e nothing\n2. Send 0 ETH \u200b", "US\u0000D\u0421\u202e", "{\"note\":\"a\u2028b\u0007\"}");
        List<String> all = new ArrayList<>(ApprovalWords.lines(swap));
        all.add(ApprovalWords.summary(swap));

        assertThat(all).allSatisfy(line -> assertThat(line)
                .doesNotContain("\u202e", "\u200b", "\u2028", "\u0000", "\n", "\u0007", "\u0421")
                .hasSizeLessThanOrEqualTo(600));
        assertThat(all).anyMatch(line -> line.contains("\\u{202e}"));
    }

    @Test
    void namesDangersAndWhatNobodyKnows() {
        Action unlimited = new Action(
                ActionKind.TOKEN_APPROVAL,
                "0",
                "ERC-20",
                null,
                null,
                null,
                SIGNER,
                BOB,
                USDC,
                "USDC",
                LedgerOutflow.UNBOUNDED,
                6,
                null,
                null,
                List.of(Flag.UNLIMITED, Flag.NO_EXPIRY),
                null);
        Intent intent =
                LedgerWorld.sign("k", "alice", LedgerWorld.facts(null, 0, List.of(unlimited), List.of(), false));

        assertThat(ApprovalWords.lines(intent))
                .contains(
                        "1. token approval of an unlimited amount of USDC to " + BOB + " [unlimited, no expiry]",
                        "It was not simulated with all its movements: it may move more than what is listed")
                .anyMatch(line -> line.contains("it creates a contract"));
        Intent empty = LedgerWorld.sign("k", "alice", LedgerWorld.facts(BOB, 0, List.of(), List.of(), true));
        assertThat(ApprovalWords.summary(empty)).contains("do what nobody could read");
        assertThat(ApprovalWords.lines(empty)).contains("Nobody could read what it does");
    }

    @Test
    void isBoundedHoweverMuchThereIs() {
        Action transfer = LedgerWorld.token(ActionKind.TOKEN_TRANSFER, "0", SIGNER, BOB, 1_234_567);
        Intent intent = LedgerWorld.sign(
                "k", "alice", LedgerWorld.facts(BOB, 0, Collections.nCopies(900, transfer), List.of(), true));

        assertThat(ApprovalWords.lines(intent)).hasSize(ApprovalWords.MAX_LINES + 1);
        assertThat(ApprovalWords.summary(intent)).contains("and 897 more", "1.234567");
    }

    @Test
    void showsALongMessageToItsEnd() {
        List<String> many = texts("line\n".repeat(60) + "and pay Mallory");
        assertThat(many).hasSize(61).last().isEqualTo("Text: and pay Mallory");

        List<String> wide = texts("\u202e".repeat(90) + "x".repeat(1_000) + " and pay Mallory");
        assertThat(wide).hasSize(4).last().asString().endsWith(" and pay Mallory");
        assertThat(wide).allMatch(line -> line.startsWith("Text: ") && !line.contains("…"));
    }

    @Test
    void saysHowMuchOfAMessageIsNotShown() {
        List<String> lines = ApprovalWords.lines(message("line\n".repeat(1_000)));

        long shown = lines.stream().filter("Text: line"::equals).count();
        assertThat(lines)
                .hasSizeLessThanOrEqualTo(ApprovalWords.MAX_LINES)
                .contains("There are " + (1_000 - shown) + " more lines of the text, which are not shown")
                .last()
                .isEqualTo("Argument a: b");
        assertThat(shown).isGreaterThan(300);
    }

    private static List<String> texts(String message) {
        return ApprovalWords.lines(message(message)).stream()
                .filter(line -> line.startsWith("Text: "))
                .toList();
    }

    private static Intent message(String text) {
        return Intent.builder(GatePoint.SIGN, "x_sign", "alice")
                .arguments("{\"a\":\"b\"}")
                .signature(new SignatureFacts(
                        SignatureFacts.Kind.PERSONAL_MESSAGE,
                        LedgerWorld.DEVNET,
                        SIGNER,
                        "0xabcd",
                        text,
                        null,
                        null,
                        null,
                        List.of(LedgerWorld.action(ActionKind.MESSAGE, "0", SIGNER, null, null, null, null))))
                .build();
    }

    @Test
    void saysMessagesQuestionsAndInstallations() {
        Intent digest = Intent.builder(GatePoint.SIGN, "x_sign", "alice")
                .signature(new SignatureFacts(
                        SignatureFacts.Kind.RAW_DIGEST,
                        LedgerWorld.DEVNET,
                        SIGNER,
                        "0xabcd",
                        null,
                        null,
                        null,
                        null,
                        List.of(LedgerWorld.action(ActionKind.RAW_DIGEST, "0", SIGNER, null, null, null, null))))
                .build();
        assertThat(ApprovalWords.summary(digest)).contains("32 bytes that can mean anything");
        Intent typed = Intent.builder(GatePoint.SIGN, "x_sign", "alice")
                .signature(new SignatureFacts(
                        SignatureFacts.Kind.TYPED_DATA,
                        LedgerWorld.DEVNET,
                        SIGNER,
                        "0xabcd",
                        "{\"a\":1}",
                        "Permit2",
                        BOB,
                        "PermitSingle",
                        List.of(LedgerWorld.token(ActionKind.PERMIT, "0", SIGNER, BOB, 5))))
                .build();
        assertThat(ApprovalWords.lines(typed)).contains("For Permit2, contract " + BOB, "Text: {\"a\":1}");
        Intent asks = Intent.builder(GatePoint.INFERENCE, "openai", "alice")
                .inference(new InferenceFacts("openai", "gpt-x", 2, 30, 40))
                .build();
        assertThat(ApprovalWords.summary(asks))
                .isEqualTo("openai: ask model gpt-x with at most 30 tokens in and 40 out");
        assertThat(ApprovalWords.lines(asks)).contains("Provider openai, model gpt-x, question 2");
        Intent install = Intent.builder(GatePoint.INSTALL, "dex", "root")
                .bundle(new BundleRef("org.example.dex", "1.0.0", "a".repeat(64)))
                .build();
        assertThat(ApprovalWords.summary(install)).isEqualTo("dex: install it");
        Intent call = Intent.builder(GatePoint.TOOL, "dex_quote", "alice")
                .arguments("{broken")
                .build();
        assertThat(ApprovalWords.summary(call)).isEqualTo("dex_quote: call the tool with {broken");
        assertThat(ApprovalWords.lines(call)).contains("Arguments: {broken");
        assertThat(ApprovalWords.summary(
                        Intent.builder(GatePoint.CONFIGURE, "pid", "root").build()))
                .isEqualTo("pid: change it");
    }

    @Test
    void amountsAreExact() {
        assertThat(ApprovalAmounts.number(new BigInteger("1234567890123456789"), 18))
                .isEqualTo("1.234567890123456789");
        assertThat(ApprovalAmounts.number(new BigInteger("123456700"), 2)).isEqualTo("1,234,567");
        assertThat(ApprovalAmounts.number(BigInteger.ONE, 36)).isEqualTo("0." + "0".repeat(35) + "1");
        assertThat(ApprovalAmounts.of(BigInteger.valueOf(1000), null, null, USDC))
                .startsWith("1,000 base units of eip155");
        assertThat(ApprovalAmounts.of(null, 6, "USDC", USDC)).isEqualTo("an unknown amount of USDC");
        assertThat(ApprovalAmounts.of(BigInteger.ONE, 6, null, null)).isEqualTo("0.000001 an unknown asset");
    }

    private static Intent swap(String text, String symbol, String arguments) {
        Action coin = new Action(
                ActionKind.COIN_TRANSFER,
                "0.value",
                null,
                null,
                null,
                null,
                SIGNER,
                BOB,
                COIN,
                "ETH",
                ETHER.divide(BigInteger.TWO),
                18,
                null,
                null,
                List.of(),
                text);
        Action call = new Action(
                ActionKind.CONTRACT_CALL,
                "0",
                null,
                BOB,
                "uniswap-v2.router",
                "swap()",
                SIGNER,
                BOB,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                "Swap");
        TransactionFacts facts = new TransactionFacts(
                LedgerWorld.DEVNET,
                SIGNER,
                BOB,
                "uniswap-v2.router",
                null,
                "swap()",
                List.of(),
                ETHER.divide(BigInteger.TWO),
                BigInteger.valueOf(150_000),
                BigInteger.TEN.pow(9).multiply(BigInteger.valueOf(20)),
                BigInteger.ONE,
                "0x01020304",
                List.of(coin, call),
                List.of(
                        new BalanceChange(
                                SIGNER,
                                COIN,
                                "ETH",
                                18,
                                null,
                                ETHER.divide(BigInteger.TWO).negate()),
                        new BalanceChange(SIGNER, USDC, symbol, 6, null, BigInteger.valueOf(1_480_200_000L))),
                true);
        return Intent.builder(GatePoint.SIGN, "dex_swap", "alice")
                .run("r1", "1.0")
                .key("k")
                .session("alice/main")
                .arguments(arguments)
                .transaction(facts)
                .build();
    }
}
