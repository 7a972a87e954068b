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
import static org.openmcpchain.core.policy.internal.LedgerWorld.action;
import static org.openmcpchain.core.policy.internal.LedgerWorld.change;
import static org.openmcpchain.core.policy.internal.LedgerWorld.coin;
import static org.openmcpchain.core.policy.internal.LedgerWorld.facts;
import static org.openmcpchain.core.policy.internal.LedgerWorld.token;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;

/** What leaves is never less than anybody says. */
class LedgerOutflowTest {

    private static final String SAFE = "0x" + "5".repeat(40);
    private static final String TOKEN = LedgerOutflow.normal(USDC);
    private static final String ETHER = LedgerOutflow.normal(COIN);

    private static LedgerOutflow of(TransactionFacts facts) {
        return LedgerOutflow.of(LedgerWorld.sign("k", "alice", facts));
    }

    private static BigInteger total(TransactionFacts facts, String asset) {
        LedgerOutflow.Flow flow = of(facts).flows().get(asset);
        return flow == null ? BigInteger.ZERO : flow.total();
    }

    private static TransactionFacts tokens(Action... actions) {
        return facts(BOB, 0, List.of(actions), List.of(), false);
    }

    @Test
    void takesTheLargerOfActionsAndSimulation() {
        Action told = token(ActionKind.TOKEN_TRANSFER, "0", SIGNER, BOB, 70);
        assertThat(total(tokens(told), TOKEN)).isEqualTo(70);
        for (long lost : new long[] {0, 69, 70, 71}) {
            BalanceChange change =
                    change(SIGNER.toUpperCase(java.util.Locale.ROOT).replace("0X", "0x"), USDC, -lost, 6);
            assertThat(total(facts(BOB, 0, List.of(told), List.of(change), true), TOKEN))
                    .isEqualTo(Math.max(70, lost));
        }
        assertThat(total(facts(BOB, 0, List.of(told), List.of(change(SIGNER, USDC, 500, 6)), true), TOKEN))
                .as("what comes in is never subtracted")
                .isEqualTo(70);
        assertThat(total(facts(BOB, 0, List.of(), List.of(change(CAROL, USDC, -9, 6)), true), TOKEN))
                .as("what others lose is theirs")
                .isZero();
    }

    @Test
    void countsTheValueOnceHoweverOftenItIsTold() {
        assertThat(total(facts(BOB, 9, List.of(coin(BOB, 9)), List.of(change(SIGNER, COIN, -9, 18)), true), ETHER))
                .isEqualTo(9);
        assertThat(total(facts(BOB, 9, List.of(), List.of(), false), ETHER)).isEqualTo(9);
        assertThat(total(facts(BOB, 9, List.of(coin(BOB, 4)), List.of(), false), ETHER))
                .isEqualTo(9);
    }

    @Test
    void countsAnotherAccountsPurseButNotWhatWasPassedOn() {
        Action inner = action(ActionKind.COIN_TRANSFER, "0.exec", SAFE, BOB, COIN, BigInteger.TEN, 18);
        assertThat(total(facts(SAFE, 0, List.of(inner), List.of(), false), ETHER))
                .isEqualTo(10);
        assertThat(total(facts(SAFE, 10, List.of(inner), List.of(), false), ETHER))
                .isEqualTo(10);
        assertThat(total(facts(SAFE, 4, List.of(inner), List.of(), false), ETHER))
                .isEqualTo(10);
        assertThat(of(facts(SAFE, 4, List.of(inner), List.of(), false))
                        .flows()
                        .get(ETHER)
                        .byRecipient(SAFE))
                .containsEntry(BOB, BigInteger.TEN);
    }

    @Test
    void anAllowanceIsGoneWhenItIsGiven() {
        Action limited = token(ActionKind.TOKEN_APPROVAL, "0", SIGNER, BOB, 40);
        Action moved = token(ActionKind.TOKEN_TRANSFER, "1", SIGNER, BOB, 2);
        assertThat(total(tokens(limited, moved), TOKEN)).isEqualTo(42);
        assertThat(total(tokens(token(ActionKind.PERMIT, "0", SIGNER, BOB, 40, Flag.UNLIMITED)), TOKEN))
                .isEqualTo(LedgerOutflow.UNBOUNDED);
        assertThat(total(tokens(token(ActionKind.TOKEN_APPROVAL, "0", SIGNER, BOB, 0, Flag.REVOKES)), TOKEN))
                .isZero();
        assertThat(total(tokens(token(ActionKind.OPERATOR_APPROVAL, "0", SIGNER, BOB, 1)), TOKEN))
                .isEqualTo(LedgerOutflow.UNBOUNDED);
    }

    @Test
    void whatComesToTheSignerIsNoOutflow() {
        assertThat(total(tokens(token(ActionKind.TOKEN_TRANSFER, "0", CAROL, SIGNER, 40)), TOKEN))
                .isZero();
    }

    @Test
    void anUnknownAmountHasNoBound() {
        Action unknown = action(ActionKind.TOKEN_TRANSFER, "0", SIGNER, BOB, USDC, null, 6);
        Action negative = action(ActionKind.TOKEN_TRANSFER, "0", SIGNER, BOB, USDC, BigInteger.TEN.negate(), 6);
        Action single = action(ActionKind.NFT_TRANSFER, "0", SIGNER, BOB, "eip155:1/erc721:0xAB/7", null, null);
        assertThat(total(tokens(unknown), TOKEN)).isEqualTo(LedgerOutflow.UNBOUNDED);
        assertThat(total(tokens(negative), TOKEN)).isEqualTo(LedgerOutflow.UNBOUNDED);
        assertThat(total(tokens(single), "eip155:1/erc721:0xab")).isOne();
        assertThat(of(tokens(action(ActionKind.TOKEN_TRANSFER, "0", SIGNER, BOB, null, BigInteger.ONE, 6)))
                        .isUnknown(TOKEN))
                .isTrue();
        assertThat(of(tokens(action(ActionKind.PERMIT, "0", SIGNER, BOB, null, BigInteger.ONE, 6)))
                        .isUnknown(TOKEN))
                .isTrue();
    }

    @Test
    void whatCanNeitherBeReadNorSimulatedIsUnknown() {
        Action unreadable = action(ActionKind.UNREADABLE, "0", SIGNER, BOB, null, null, null);
        assertThat(of(tokens(unreadable)).isUnknown(TOKEN)).isTrue();
        assertThat(of(tokens(unreadable)).isUnknown(ETHER))
                .as("coins leave as value only")
                .isFalse();
        assertThat(of(facts(BOB, 0, List.of(unreadable), List.of(), true)).isUnknown(TOKEN))
                .isFalse();
        Action delegate = action(ActionKind.DELEGATE_CALL, "0.exec", SAFE, BOB, null, null, null, Flag.DELEGATE_CALL);
        assertThat(of(facts(BOB, 0, List.of(delegate), List.of(), true)).isUnknown(TOKEN))
                .isTrue();
        Action step = action(ActionKind.TOKEN_TRANSFER, "0.exec.multiSend[0]", SAFE, BOB, USDC, BigInteger.ONE, 6);
        assertThat(of(tokens(delegate, step)).isUnknown(TOKEN)).isFalse();
        Action malformed = action(ActionKind.UNREADABLE, "0.exec", SAFE, BOB, null, null, null);
        assertThat(of(facts(BOB, 0, List.of(delegate, malformed), List.of(), true))
                        .isUnknown(TOKEN))
                .as("that steps cannot be read does not tell them")
                .isTrue();
        Action cutOff = action(ActionKind.CONTRACT_CALL, "0", SIGNER, BOB, null, null, null, Flag.TRUNCATED);
        assertThat(of(facts(BOB, 0, List.of(cutOff), List.of(), true)).isUnknown(TOKEN))
                .as("a simulation does not show allowances")
                .isTrue();
    }

    @Test
    void aBareDigestCanBeAnything() {
        assertThat(LedgerOutflow.of(signature(SignatureFacts.Kind.RAW_DIGEST, ActionKind.RAW_DIGEST))
                        .isUnknown(ETHER))
                .isTrue();
        assertThat(LedgerOutflow.of(signature(SignatureFacts.Kind.TYPED_DATA, ActionKind.UNREADABLE))
                        .isUnknown(TOKEN))
                .isTrue();
        assertThat(LedgerOutflow.of(signature(SignatureFacts.Kind.PERSONAL_MESSAGE, ActionKind.RAW_DIGEST))
                        .isUnknown(ETHER))
                .as("words that may be a hash")
                .isTrue();
        Action approved = action(ActionKind.RAW_DIGEST, "0", SIGNER, null, null, null, null);
        assertThat(of(facts(SAFE, 0, List.of(approved), List.of(), true)).isUnknown(ETHER))
                .as("a digest that is approved by a transaction")
                .isTrue();
        LedgerOutflow message = LedgerOutflow.of(signature(SignatureFacts.Kind.PERSONAL_MESSAGE, ActionKind.MESSAGE));
        assertThat(message.isUnknown()).isFalse();
        assertThat(message.flows()).isEmpty();
    }

    private static Intent signature(SignatureFacts.Kind kind, ActionKind action) {
        return Intent.builder(GatePoint.SIGN, "x", "alice")
                .key("k")
                .signature(new SignatureFacts(
                        kind,
                        LedgerWorld.DEVNET,
                        SIGNER,
                        "0x",
                        "text",
                        null,
                        null,
                        null,
                        List.of(action(action, "0", SIGNER, null, null, null, null))))
                .build();
    }

    @Test
    void oneAssetHasOneName() {
        assertThat(LedgerOutflow.normal("eip155:1/slip44:60")).isEqualTo(LedgerOutflow.normal("eip155:1/slip44:966"));
        assertThat(LedgerOutflow.normal(USDC)).isEqualTo(LedgerOutflow.normal(USDC.toLowerCase(java.util.Locale.ROOT)));
    }

    @Test
    void capsInMoneyNeedAFreshPrice() {
        LedgerWorld world = new LedgerWorld(LedgerWorld.allowing("- {id: usd, unit: value-usd, limit: 50}\n"));
        Intent pays =
                LedgerWorld.sign("a", "alice", tokens(token(ActionKind.TOKEN_TRANSFER, "0", SIGNER, BOB, 30_000_001)));
        assertThat(world.decide(pays).reason()).contains("no fresh price");
        world.price(USDC, 1, Duration.ofHours(1).plusMillis(1));
        assertThat(world.decide(pays).reason()).contains("no fresh price");
        world.price(USDC, 1, Duration.ofHours(1).negated().minusMillis(1));
        assertThat(world.decide(pays).isAllowed()).as("from the future").isFalse();
        world.price(USDC, 1, Duration.ofHours(1));
        assertThat(world.decide(pays).isAllowed()).isTrue();
        assertThat(world.usage("usd").reserved()).isEqualTo("30000001");
        assertThat(world.decide(LedgerWorld.send("b", 1)).reason()).contains("no fresh price of " + COIN);
        Action noDecimals = action(ActionKind.TOKEN_TRANSFER, "0", SIGNER, BOB, USDC, BigInteger.ONE, null);
        assertThat(world.decide(LedgerWorld.sign("c", "alice", tokens(noDecimals)))
                        .isAllowed())
                .isFalse();
    }

    @Test
    void aCapThatCannotBeCountedRefuses() {
        LedgerWorld world = new LedgerWorld(LedgerWorld.allowing("- {id: usdc, unit: '" + USDC + "', limit: 50}\n"
                + "- {id: one, unit: value-usd, limit: 50, per: RECIPIENT}\n"));
        Action unreadable = action(ActionKind.UNREADABLE, "0", SIGNER, BOB, null, null, null);

        assertThat(world.decide(LedgerWorld.sign("a", "alice", tokens(unreadable)))
                        .reason())
                .contains("can neither be read nor be simulated");
    }
}
