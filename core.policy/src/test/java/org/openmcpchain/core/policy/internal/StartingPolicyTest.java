/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyDocument;
import org.openmcpchain.policy.SignatureFacts.Kind;

/** What the starting policy does with what can be dangerous, beside the limits that {@code JournaledGateTest} looks at. */
class StartingPolicyTest {

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    private final PolicyInForce policy = policy();

    static Stream<Arguments> asked() {
        Action transfer = Intents.action(ActionKind.TOKEN_TRANSFER, HUNDRED);
        return Stream.of(
                Arguments.of(
                        "unlimited-approval",
                        router(Intents.action(ActionKind.TOKEN_APPROVAL, Intents.MAX, Flag.UNLIMITED))),
                Arguments.of(
                        "unlimited-approval",
                        router(
                                Intents.action(ActionKind.CONTRACT_CALL, null),
                                Intents.action(
                                        ActionKind.TOKEN_APPROVAL,
                                        "0.execTransaction.multicall[1]",
                                        Intents.MAX,
                                        Intents.BOB,
                                        null,
                                        Flag.UNLIMITED))),
                Arguments.of(
                        "operator-approval",
                        router(Intents.action(ActionKind.OPERATOR_APPROVAL, null, Flag.UNLIMITED))),
                Arguments.of("delegate-call", router(transfer, Intents.action(ActionKind.DELEGATE_CALL, null))),
                Arguments.of(
                        "delegate-call", router(Intents.action(ActionKind.CONTRACT_CALL, null, Flag.DELEGATE_CALL))),
                Arguments.of("unreadable", router(transfer, Intents.action(ActionKind.UNREADABLE, null))),
                Arguments.of("unreadable", router(Intents.action(ActionKind.CONTRACT_CALL, null, Flag.TRUNCATED))),
                Arguments.of("unreadable", router()),
                Arguments.of(
                        "permit-without-end",
                        Intents.signature(Kind.TYPED_DATA, Intents.action(ActionKind.PERMIT, HUNDRED, Flag.NO_EXPIRY))),
                Arguments.of(
                        "permit-without-end",
                        Intents.signature(Kind.TYPED_DATA, Intents.action(ActionKind.PERMIT, HUNDRED))),
                Arguments.of(
                        "message-shown",
                        Intents.signature(
                                Kind.TYPED_DATA,
                                Intents.action(ActionKind.PERMIT, "0", HUNDRED, Intents.BOB, BigInteger.TEN.pow(9)))),
                Arguments.of(
                        "raw-digest", Intents.signature(Kind.RAW_DIGEST, Intents.action(ActionKind.RAW_DIGEST, null))),
                Arguments.of("raw-digest", router(Intents.action(ActionKind.RAW_DIGEST, null))),
                Arguments.of(
                        "raw-digest",
                        Intents.signature(Kind.PERSONAL_MESSAGE, Intents.action(ActionKind.RAW_DIGEST, null))),
                Arguments.of("account-control", router(Intents.action(ActionKind.CONTRACT_CALL, null, Flag.CONTROL))),
                Arguments.of(
                        "account-control",
                        router(Intents.action(ActionKind.CONTRACT_CALL, null, Flag.REVOKES, Flag.CONTROL))),
                Arguments.of(
                        "message-shown",
                        Intents.signature(Kind.PERSONAL_MESSAGE, Intents.action(ActionKind.MESSAGE, null))));
    }

    @ParameterizedTest
    @MethodSource("asked")
    void asksAPerson(String rule, Intent intent) {
        assertThat(judge(intent)).satisfies(ruling -> {
            assertThat(ruling.decision()).isEqualTo(Decision.NEEDS_APPROVAL);
            assertThat(ruling.rule()).isEqualTo(rule);
        });
    }

    static Stream<Arguments> allowed() {
        return Stream.of(
                        router(Intents.action(ActionKind.TOKEN_APPROVAL, HUNDRED)),
                        router(Intents.action(ActionKind.TOKEN_APPROVAL, BigInteger.ZERO, Flag.REVOKES)),
                        router(Intents.action(ActionKind.OPERATOR_APPROVAL, null, Flag.REVOKES)),
                        router(Intents.action(ActionKind.CONTRACT_CALL, null)))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void letsWhatASwapAndAMintNeedThrough(Intent intent) {
        assertThat(judge(intent))
                .satisfies(ruling -> assertThat(ruling.decision()).isEqualTo(Decision.ALLOW))
                .satisfies(ruling -> assertThat(ruling.rule()).isEqualTo("sign-allowed"));
    }

    @Test
    void namesTheContractAndTheNumbersInItsReasons() {
        assertThat(judge(Intents.transaction("bridge", null, BigInteger.ONE)).reason())
                .isEqualTo("contract bridge (" + Intents.ROUTER + ") is not on the allow-list of the tool's grant");
        assertThat(judge(Intents.transaction("uniswap-v2.router", null, Intents.ETHER.add(BigInteger.ONE)))
                        .reason())
                .isEqualTo(
                        "a value of 1000000000000000001 wei is above the cap of 1000000000000000000 wei per transaction");
    }

    @Test
    void deniesASignatureOnANetworkThatIsNotListed() {
        StartingSettings settings = new StartingSettings();
        settings.networks = new String[] {"eip155:1"};
        PolicyInForce elsewhere = policy(settings);

        assertThat(elsewhere
                        .rules()
                        .judge(question(
                                Intents.signature(Kind.RAW_DIGEST, Intents.action(ActionKind.RAW_DIGEST, null)),
                                elsewhere))
                        .rule())
                .isEqualTo("network-known");
    }

    private static Intent router(Action... actions) {
        return Intents.transaction("uniswap-v2.router", null, BigInteger.ONE, actions);
    }

    private Ruling judge(Intent intent) {
        return policy.rules().judge(question(intent, policy));
    }

    private static GateQuestion question(Intent intent, PolicyInForce policy) {
        return new GateQuestion(intent, "", policy, Intents.granted("uniswap-v2.router"));
    }

    private static PolicyInForce policy() {
        return policy(new StartingSettings());
    }

    private static PolicyInForce policy(StartingSettings settings) {
        PolicyDraft draft = PolicyReader.read(StartingPolicyText.of(PolicySettings.of(settings)));
        assertThat(draft.problems()).isEqualTo(List.of());
        return draft.as(new PolicyDocument(1, draft.digest(), draft.label(1), draft.text(), "host", Instant.EPOCH));
    }
}
