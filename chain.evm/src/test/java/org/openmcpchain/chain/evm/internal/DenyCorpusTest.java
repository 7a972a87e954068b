/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.MessageIntent;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.core.policy.internal.RealPolicy;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.SignatureFacts.Kind;

/**
 * The signer is not reached when the gate does not allow: a wallet that counts stays at zero over everything that is
 * denied or held, by every rule of the starting policy, by caps, by people and by a gate that cannot write. That the
 * counter counts is shown by the same calls under a policy that allows them.
 */
class DenyCorpusTest extends GatedStage {

    private static final String NETWORK = "eip155:31337";
    private static final String DANGERS =
            """
            version: 1
            rules:
              - {id: kinds, at: SIGN, when: 'actions.exists(a, a.kind in [%s])', then: DENY, reason: never this}
              - {id: rest, at: SIGN, then: ALLOW, reason: all else}
            """;

    private final List<String> words = new ArrayList<>();
    private int calls;

    private ChainAccess access(HostLife host) {
        return host.access("c" + calls++);
    }

    private void send(HostLife host, TransactionIntent intent) {
        words.add(access(host).send(intent).word());
    }

    private void sign(HostLife host, Kind kind, String content) {
        words.add(access(host)
                .sign(new MessageIntent("message", kind, content, ""))
                .word());
    }

    private static TransactionIntent call(String to, String function, Object... arguments) {
        return TransactionIntent.builder("call")
                .call(ContractCall.of(to, function, arguments))
                .build();
    }

    private static TransactionIntent coin(long wei) {
        return HostLife.transfer("pay", TestChain.BOB, wei);
    }

    /** What has a decoder of its own and does not revert on accounts without code. */
    private List<TransactionIntent> everyKind() {
        byte[] approve = bytes(call(TestChain.ALICE, "approve(address,uint256)", TestChain.BOB, BigInteger.ONE));
        String nobody = Hexes.ZERO;
        return List.of(
                coin(1),
                call(TestChain.ALICE, "transfer(address,uint256)", TestChain.BOB, BigInteger.ONE),
                call(
                        TestChain.ALICE,
                        "transferFrom(address,address,uint256)",
                        TestChain.TREASURY,
                        TestChain.BOB,
                        BigInteger.ONE),
                call(TestChain.ALICE, "approve(address,uint256)", TestChain.BOB, BigInteger.ONE),
                call(TestChain.ALICE, "increaseAllowance(address,uint256)", TestChain.BOB, BigInteger.ONE),
                call(TestChain.ALICE, "setApprovalForAll(address,bool)", TestChain.BOB, true),
                call(
                        TestChain.ALICE,
                        "safeTransferFrom(address,address,uint256)",
                        TestChain.TREASURY,
                        TestChain.BOB,
                        BigInteger.ONE),
                call(
                        TestChain.ALICE,
                        "permit(address,address,uint256,uint256,bytes)",
                        TestChain.TREASURY,
                        TestChain.BOB,
                        BigInteger.ONE,
                        BigInteger.ONE,
                        new byte[65]),
                call(TestChain.ALICE, "multicall(bytes[])", List.of(approve)),
                call(TestChain.ALICE, "approveHash(bytes32)", (Object) new byte[32]),
                call(
                        TestChain.ALICE,
                        "execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)",
                        TestChain.BOB,
                        BigInteger.ZERO,
                        approve,
                        BigInteger.ONE,
                        BigInteger.ZERO,
                        BigInteger.ZERO,
                        BigInteger.ZERO,
                        nobody,
                        nobody,
                        new byte[65]),
                call(TestChain.ALICE, "somethingNobodyKnows(uint256)", BigInteger.ONE));
    }

    /** Addresses without a meaning. */
    private static final class Hexes {
        private static final String ZERO = "0x0000000000000000000000000000000000000000";
    }

    private static byte[] bytes(TransactionIntent intent) {
        return org.web3j.utils.Numeric.hexStringToByteArray(
                new Abi().encode(intent.call().orElseThrow()));
    }

    private void messages(HostLife host) {
        sign(host, Kind.TYPED_DATA, MessageTest.MAIL);
        sign(host, Kind.PERSONAL_MESSAGE, "I agree to everything");
        sign(host, Kind.RAW_DIGEST, "0x" + "ab".repeat(32));
    }

    private void everything(HostLife host) {
        everyKind().forEach(intent -> send(host, intent));
        messages(host);
    }

    private void assertNothingSigned(String word) {
        assertThat(words).isNotEmpty().containsOnly(word);
        assertThat(wallet.signatures()).isZero();
        assertThat(transactions()).isEmpty();
    }

    @Test
    void withoutAnyNetwork() {
        policy = new RealPolicy(List.of(), Set.of("alice"));
        everything(host(Map.of("contracts", new String[] {"alice=" + TestChain.ALICE})));
        assertNothingSigned("DENIED");
    }

    @Test
    void withoutAGrant() {
        policy = new RealPolicy(List.of(NETWORK), null);
        everything(host());
        assertNothingSigned("DENIED");
    }

    @Test
    void toContractsThatAreNotGranted() {
        policy = new RealPolicy(List.of(NETWORK), Set.of("another"));
        HostLife host = host(Map.of("contracts", new String[] {"alice=" + TestChain.ALICE}));
        everyKind().forEach(intent -> send(host, intent));
        assertNothingSigned("DENIED");
    }

    @Test
    void moreValueGasOrFeeThanTheCaps() throws Exception {
        policy = new RealPolicy(List.of(NETWORK), Set.of("bob", "token"));
        String token = token();
        HostLife host = host(Map.of("contracts", new String[] {"bob=" + TestChain.BOB, "token=" + token}));
        send(host, HostLife.transfer("pay", TestChain.BOB, 1_000_000_000_000_000_001L));
        send(
                host(Map.of("contracts", new String[] {"bob=" + TestChain.BOB}, "priorityFeeWei", "600000000000")),
                coin(1));
        send(
                host(Map.of("contracts", new String[] {"token=" + token}, "gasMarginPercent", 400_000)),
                SendingStage.tokenTransfer("pay", token, 1));
        assertNothingSigned("DENIED");
    }

    @Test
    void whatTheStartingPolicyShowsToPeople() {
        policy = new RealPolicy(List.of(NETWORK), Set.of("alice"));
        HostLife host = host(Map.of("contracts", new String[] {"alice=" + TestChain.ALICE}));
        BigInteger all = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        send(host, call(TestChain.ALICE, "approve(address,uint256)", TestChain.BOB, all));
        send(host, call(TestChain.ALICE, "setApprovalForAll(address,bool)", TestChain.BOB, true));
        send(host, call(TestChain.ALICE, "enableModule(address)", TestChain.BOB));
        send(host, call(TestChain.ALICE, "somethingNobodyKnows(uint256)", BigInteger.ONE));
        messages(host);
        assertNothingSigned("NEEDS_APPROVAL");
    }

    @Test
    void everyKindOfActionByItsName() {
        policy = new RealPolicy("{version: 1, rules: [{id: none, at: SIGN, then: DENY, reason: none}]}");
        Set<String> kinds = new java.util.TreeSet<>();
        for (TransactionIntent intent : everyKind()) {
            new org.openmcpchain.policy.evm.internal.EvmCallDecoder()
                    .transaction(
                            host().settings.info(),
                            TestChain.TREASURY,
                            intent.to(),
                            intent.value(),
                            intent.call().map(new Abi()::encode).orElse("0x"))
                    .forEach(action -> kinds.add(action.kind().name()));
        }
        kinds.addAll(Set.of("MESSAGE", "RAW_DIGEST"));
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(11);
        policy.update(String.format(
                DANGERS,
                kinds.stream().map(kind -> "\"" + kind + "\"").collect(java.util.stream.Collectors.joining(", "))));
        everything(host());
        assertNothingSigned("DENIED");
    }

    @Test
    void aboveACapThatCountsEverybody() {
        policy = new RealPolicy(ASK_ALL.replace("then: ASK", "then: ALLOW").replace("\"1000\"", "\"4\""));
        HostLife host = host();
        for (int i = 0; i < 5; i++) {
            send(host, coin(5 + i));
        }
        assertNothingSigned("DENIED");
    }

    @Test
    void aBareDigestCouldBreakAnyCap() {
        policy = new RealPolicy(ASK_ALL.replace("then: ASK", "then: ALLOW"));
        sign(host(), Kind.RAW_DIGEST, "0x" + "ab".repeat(32));
        assertNothingSigned("DENIED");
    }

    @Test
    void whatPeopleRejected() {
        policy = new RealPolicy(ASK_ALL);
        HostLife host = host();
        host.access("r1").send(coin(5));
        policy.approvals().reject(policy.pending().id(), "ann", "no");
        host.access("r2").sign(new MessageIntent("message", Kind.PERSONAL_MESSAGE, "x", ""));
        policy.approvals().reject(policy.pending().id(), "ann", "no");

        for (int i = 0; i < 3; i++) {
            words.add(host.access("r1").send(coin(5)).word());
            words.add(host.access("r2")
                    .sign(new MessageIntent("message", Kind.PERSONAL_MESSAGE, "x", ""))
                    .word());
        }
        assertNothingSigned("DENIED");
    }

    @Test
    void whatPeopleHaveNotAnsweredYet() {
        policy = new RealPolicy("{version: 1, rules: [{id: people, at: SIGN, then: ASK, reason: a person}]}");
        everything(host());
        assertNothingSigned("NEEDS_APPROVAL");
        assertThat(policy.approvals()
                        .list(Set.of(Approval.State.PENDING), 0, 100)
                        .items())
                .hasSize(words.size());
    }

    @Test
    void aRuleThatBreaks() {
        policy = new RealPolicy(
                """
                version: 1
                rules:
                  - {id: broken, at: SIGN, when: 'actions[1000].kind == "X"', then: ALLOW, reason: cannot be known}
                """);
        everything(host());
        assertNothingSigned("DENIED");
    }

    @Test
    void aGateThatCannotWriteItsVerdictDown() {
        policy = new RealPolicy(ASK_ALL.replace("then: ASK", "then: ALLOW"));
        HostLife host = host();
        policy.close();
        for (TransactionIntent intent : everyKind()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> access(host).send(intent))
                    .isInstanceOf(org.openmcpchain.error.HostException.class);
        }
        assertThat(wallet.signatures()).isZero();
        policy = null;
    }

    /** The mutation: the very same calls under a policy that allows them reach the wallet, one signature each. */
    @Test
    void theCounterCounts() {
        policy = new RealPolicy("{version: 1, rules: [{id: all, at: SIGN, then: ALLOW, reason: all}]}");
        everything(host());
        assertThat(words).containsOnly("OK");
        assertThat(wallet.signatures()).isEqualTo(words.size());
    }
}
