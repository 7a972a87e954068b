/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.policy.internal.RealPolicy;
import org.openmcpchain.error.HostException;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.run.Outcome;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;

/** A transaction that people were asked about: what they saw is what is signed, once. */
class HeldDraftTest extends GatedStage {

    @BeforeEach
    void askPeople() {
        policy = new RealPolicy(ASK_ALL);
    }

    private Outcome<TransactionReceipt> send(HostLife host, long wei) {
        return host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, wei));
    }

    @Test
    void survivesTwoRestartsAndExecutesOnceAsItWasApproved() throws Exception {
        assertThat(send(host(), 5)).isInstanceOf(Outcome.NeedsApproval.class);
        Approval asked = policy.pending();
        assertReserved("coin", 5, 0);

        assertThat(send(nextLife(), 7)).as("the tool changed its mind").isInstanceOf(Outcome.NeedsApproval.class);
        assertThat(policy.pending().id()).isEqualTo(asked.id());
        policy.approve(asked);
        Outcome<TransactionReceipt> done = send(nextLife(), 9);

        TransactionReceipt receipt = done.orThrow();
        TransactionFacts facts = asked.intent().transaction().orElseThrow();
        RawTransaction signed = TransactionDecoder.decode(transactions().get(0).rawTransaction());
        assertThat(signed.getValue()).isEqualTo(facts.value()).isEqualTo(BigInteger.valueOf(5));
        assertThat(signed.getTo()).isEqualToIgnoringCase(facts.to());
        assertThat(signed.getGasLimit()).isEqualTo(facts.gasLimit());
        assertThat(TransactionDecoder.decode(transactions().get(0).rawTransaction())
                        .getTransaction())
                .isInstanceOfSatisfying(org.web3j.crypto.transaction.type.Transaction1559.class, content -> {
                    assertThat(content.getMaxFeePerGas()).isEqualTo(facts.maxFeePerGas());
                    assertThat(content.getMaxPriorityFeePerGas()).isEqualTo(facts.maxPriorityFeePerGas());
                });
        assertThat(send(nextLife(), 11).orThrow().hash()).isEqualTo(receipt.hash());
        assertThat(wallet.signatures()).isEqualTo(1);
        assertThat(chain.nonce(TestChain.TREASURY)).isEqualTo(BigInteger.ONE);
        assertThat(policy.approvals().find(asked.id()).orElseThrow().state()).isEqualTo(Approval.State.USED);
        assertReserved("coin", 0, 5);
        assertReserved("gas", 0, 21_000);
    }

    @Test
    void aCallOfAContractKeepsItsCalldata() throws Exception {
        String token = token();
        HostLife host = host(Map.of("assets", new String[] {"TST:6:" + token}));
        host.access("c1").send(SendingStage.tokenTransfer("pay", token, 70));
        Approval asked = policy.pending();
        assertThat(asked.lines()).anySatisfy(line -> assertThat(line).contains("0.00007 TST"));
        policy.approve(asked);

        host.access("c1").send(SendingStage.tokenTransfer("pay", token, 71)).orThrow();

        assertThat(asked.intent().transaction().orElseThrow().simulated()).isTrue();
        assertThat(host.access("c2").read(ContractCall.of(token, "balanceOf(address)(uint256)", TestChain.BOB)))
                .containsExactly(BigInteger.valueOf(70));
    }

    @Test
    void theLifeThatUsedTheApprovalDiesBeforeItSigns() throws Exception {
        send(host(), 5);
        policy.approve(policy.pending());
        wallet.fail(new IllegalStateException("killed"));
        assertThatThrownBy(() -> send(host(), 5)).isInstanceOf(IllegalStateException.class);
        assertThat(transactions()).isEmpty();

        send(nextLife(), 5).orThrow();

        assertThat(chain.nonce(TestChain.TREASURY)).isEqualTo(BigInteger.ONE);
        assertReserved("coin", 0, 5);
    }

    @Test
    void aRejectedOneIsDeniedForGood() throws Exception {
        send(host(), 5);
        policy.approvals().reject(policy.pending().id(), "ann", "too much");

        assertRejected(send(host(), 4));
        assertRejected(send(nextLife(), 4));
        assertThat(wallet.signatures()).isZero();
        assertReserved("coin", 0, 0);
    }

    private static void assertRejected(Outcome<TransactionReceipt> outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Denied.class, denied -> {
            assertThat(denied.verdict().ruleId()).isEqualTo("people:rejected");
            assertThat(denied.verdict().reason()).contains("too much");
        });
    }

    @Test
    void isTriedOutAgainRightBeforeItIsSigned() throws Exception {
        String token = token();
        HostLife host = host();
        TransactionIntent intent = SendingStage.tokenTransfer("pay", token, 1_000_000);
        host.access("c1").send(intent);
        policy.approve(policy.pending());
        chain.callAs(TestChain.TREASURY, token, "transfer(address,uint256)", TestChain.ALICE, BigInteger.TEN);

        assertThat(host.access("c1").send(intent)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("CHAIN_REVERTED");
            assertThat(failed.detail()).contains("transfer amount exceeds balance");
        });
        assertThat(wallet.signatures()).isZero();
        assertThat(transactions()).isEmpty();
    }

    @Test
    void saysThatGasHasBecomeDearerThanApproved() throws Exception {
        send(host(), 5);
        policy.approve(policy.pending());
        chain.mineAtBaseFee(BigInteger.TEN.pow(11));

        assertThat(send(host(), 5)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("CHAIN_FEE_TOO_LOW");
            assertThat(failed.detail()).contains("dearer than what was approved");
        });
        assertThat(wallet.signatures()).isZero();
        assertReserved("coin", 0, 0);
    }

    @Test
    void isNotSignedWithoutRoomForARisingBaseFeeAndStaysApproved() throws Exception {
        send(host(), 5);
        Approval asked = policy.pending();
        policy.approve(asked);
        TransactionFacts facts = asked.intent().transaction().orElseThrow();
        // Enough for this very block, and for no other.
        BigInteger base = facts.maxFeePerGas().subtract(facts.maxPriorityFeePerGas());
        chain.mineAtBaseFee(base);

        assertThat(send(host(), 5)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("CHAIN_FEE_TOO_LOW");
            assertThat(failed.retryable()).isTrue();
        });
        assertThat(wallet.signatures()).isZero();
        assertReserved("coin", 0, 0);

        chain.mineAtBaseFee(base.shiftRight(1));
        send(host(), 5).orThrow();
        assertThat(policy.approvals().find(asked.id()).orElseThrow().state()).isEqualTo(Approval.State.USED);
        assertReserved("coin", 0, 5);
    }

    @Test
    void anotherPolicyAsksAnewAboutTheSameDraft() throws Exception {
        send(host(), 5);
        Approval first = policy.pending();
        policy.update(ASK_ALL.replace("a person must see it", "two persons must see it"));

        assertThat(send(host(), 5)).isInstanceOf(Outcome.NeedsApproval.class);

        assertThat(policy.pending().id()).isNotEqualTo(first.id());
        assertThatThrownBy(() -> policy.approve(first)).isInstanceOf(HostException.class);
        policy.approve(policy.pending());
        send(host(), 5).orThrow();
        assertThat(wallet.signatures()).isEqualTo(1);
    }

    @Test
    void aDroppedTransactionGivesItsReservationBack() throws Exception {
        policy.update(ASK_ALL.replace("then: ASK", "then: ALLOW"));
        wallet.meanwhile(() -> setBalance("0x0"));

        Outcome<TransactionReceipt> refused = send(host(), 5);

        assertThat(refused.word()).isEqualTo("FAILED");
        assertThat(transactions()).singleElement().satisfies(record -> assertThat(record.state())
                .isEqualTo(TransactionState.DROPPED));
        assertReserved("coin", 0, 0);
        assertReserved("gas", 0, 0);
    }

    @Test
    void whatIsUnknownStaysReservedUntilTheChainTells() throws Exception {
        policy.update(ASK_ALL.replace("then: ASK", "then: ALLOW"));
        chain.automine(false);
        HostLife host = host(Map.of("receiptTimeoutSeconds", 1));

        assertThat(send(host, 5)).isInstanceOf(Outcome.Unknown.class);
        assertReserved("coin", 5, 0);
        chain.mine();
        host.reconciler.run();

        assertReserved("coin", 0, 5);
        assertReserved("gas", 0, 21_000);
    }

    private void setBalance(String wei) {
        try {
            chain.rpc("anvil_setBalance", TestChain.TREASURY, wei);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
