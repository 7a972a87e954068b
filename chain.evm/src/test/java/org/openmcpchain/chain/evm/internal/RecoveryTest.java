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
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.wallet.SignedTransaction;

/** What happens to a transaction that was signed: after a kill, without a receipt, with a node that forgets. */
class RecoveryTest extends SendingStage {

    @Test
    void aRepeatedCallGetsTheFirstOutcome() throws Exception {
        TransactionReceipt first = host().access("c1")
                .send(HostLife.transfer("pay", TestChain.BOB, 5))
                .orThrow();
        TransactionReceipt again = host().access("c1")
                .send(HostLife.transfer("pay", TestChain.BOB, 5))
                .orThrow();

        assertThat(again.hash()).isEqualTo(first.hash());
        assertThat(wallet.signatures()).isEqualTo(1);
        assertThat(chain.nonce(TestChain.TREASURY)).isEqualTo(BigInteger.ONE);
    }

    @Test
    void replaysSignedBytesAfterKill() throws Exception {
        TransactionRecord killed = signedButNeverSent("c1", "pay", 0);

        TransactionReceipt receipt = host().access("c1")
                .send(HostLife.transfer("pay", TestChain.BOB, 5))
                .orThrow();

        assertThat(receipt.hash()).isEqualTo(killed.hash());
        assertThat(wallet.signatures()).isZero();
        assertThat(gate.intents()).isEmpty();
        assertThat(log.only().state()).isEqualTo(TransactionState.MINED);
    }

    @Test
    void theReconcilerSendsAndSettlesWhatAKilledHostLeft() throws Exception {
        signedButNeverSent("c1", "pay", 0);
        HostLife host = host();

        awaitState(host, TransactionState.MINED);

        assertThat(wallet.signatures()).isZero();
        assertThat(log.history())
                .containsExactly(TransactionState.SIGNED, TransactionState.SUBMITTED, TransactionState.MINED);
    }

    @Test
    void aSignedTransactionHoldsItsNonceAlthoughTheNodeDoesNotKnowIt() throws Exception {
        signedButNeverSent("c1", "pay", 0);
        chain.automine(false);
        HostLife host = host(Map.of("receiptTimeoutSeconds", 1));

        host.access("c2").send(HostLife.transfer("pay", TestChain.BOB, 5));

        assertThat(log.all()).extracting(TransactionRecord::nonce).containsExactly(0L, 1L);
    }

    @Test
    void aMissingReceiptIsUnknownAndSettledLater() throws Exception {
        chain.automine(false);
        HostLife host = host(Map.of("receiptTimeoutSeconds", 1));

        Outcome<TransactionReceipt> outcome = host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> assertThat(unknown.reference())
                .isEqualTo(log.only().hash()));
        assertThat(log.only().state()).isEqualTo(TransactionState.UNKNOWN);

        chain.mine();
        host.reconciler.run();

        assertThat(log.only().state()).isEqualTo(TransactionState.MINED);
        assertThat(wallet.signatures()).isEqualTo(1);
        assertThat(host.access("c1")
                        .send(HostLife.transfer("pay", TestChain.BOB, 5))
                        .orThrow()
                        .hash())
                .isEqualTo(log.only().hash());
    }

    @Test
    void sendsAgainWhatTheNodeLost() throws Exception {
        chain.automine(false);
        HostLife host = host(Map.of("receiptTimeoutSeconds", 1));
        host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5));
        chain.rpc("anvil_dropTransaction", log.only().hash());
        chain.automine(true);

        awaitState(host, TransactionState.MINED);

        assertThat(wallet.signatures()).isEqualTo(1);
    }

    @Test
    void aRepeatedCallSendsAgainWhatTheNodeLost() throws Exception {
        chain.automine(false);
        host(Map.of("receiptTimeoutSeconds", 1)).access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5));
        chain.rpc("anvil_dropTransaction", log.only().hash());
        chain.automine(true);

        TransactionReceipt receipt = host().access("c1")
                .send(HostLife.transfer("pay", TestChain.BOB, 5))
                .orThrow();

        assertThat(receipt.hash()).isEqualTo(log.only().hash());
        assertThat(wallet.signatures()).isEqualTo(1);
    }

    @Test
    void saysWhyAMinedTransactionReverted() throws Exception {
        String token = token();
        chain.call(token, "mint(address,uint256)", TestChain.ALICE, BigInteger.TEN);
        chain.callAs(TestChain.ALICE, token, "approve(address,uint256)", TestChain.TREASURY, BigInteger.TEN);
        chain.automine(false);
        HostLife host = host(Map.of("receiptTimeoutSeconds", 1, "priorityFeeWei", GWEI.toString()));
        ContractCall spend = ContractCall.of(
                token, "transferFrom(address,address,uint256)(bool)", TestChain.ALICE, TestChain.BOB, BigInteger.TEN);
        TransactionIntent intent =
                TransactionIntent.builder("spend").call(spend).build();
        host.access("c1").send(intent);

        // Alice takes her allowance back and pays to be first in the block.
        chain.submitAs(TestChain.ALICE, token, "approve(address,uint256)", TestChain.TREASURY, BigInteger.ZERO);
        chain.mine();
        host.reconciler.run();

        assertThat(log.only().state()).isEqualTo(TransactionState.REVERTED);
        assertThat(log.only().detail()).isEqualTo("ERC20: insufficient allowance");
        assertThat(log.only().gasUsed()).isPositive();
        assertThat(host.access("c1").send(intent)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("CHAIN_REVERTED");
            assertThat(failed.detail()).isEqualTo("ERC20: insufficient allowance");
        });
    }

    @Test
    void noticesThatAnotherTransactionTookTheNonce() throws Exception {
        signedButNeverSent("c1", "pay", 0);
        SignedTransaction other = wallet.signed(unsigned(0, 99));
        chain.rpc("eth_sendRawTransaction", other.raw());
        HostLife host = host();

        awaitState(host, TransactionState.REPLACED);

        assertThat(log.only().detail()).isEqualTo(other.hash() + " was mined with this nonce");
        assertThat(host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo("CHAIN_NONCE"));
        assertThat(host.access("c2")
                        .send(HostLife.transfer("pay", TestChain.BOB, 5))
                        .isOk())
                .isTrue();
    }

    @Test
    void aUsedNonceWithoutAReceiptIsNotTakenForAReplacement() throws Exception {
        try (ForgetfulNode lagging = new ForgetfulNode(chain).withoutResult("eth_getTransactionReceipt")) {
            HostLife host = host(Map.of("_url", lagging.url(), "receiptTimeoutSeconds", 3));

            assertThat(host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                    .isInstanceOf(Outcome.Unknown.class);
            chain.mine();
            host.reconciler.run();
            assertThat(chain.nonce(TestChain.TREASURY)).isEqualTo(BigInteger.ONE);
            assertThat(log.only().state()).isEqualTo(TransactionState.UNKNOWN);

            lagging.remembers();
            host.reconciler.run();
            assertThat(log.only().state()).isEqualTo(TransactionState.MINED);
        }
    }

    @Test
    void findsTheTransactionThatUsedANonceLongAgo() throws Exception {
        EvmNode node = host().node;
        List<String> hashes = new ArrayList<>();
        for (int nonce = 0; nonce < 3; nonce++) {
            chain.rpc("anvil_mine", "0x" + Integer.toHexString(7 * nonce + 1));
            SignedTransaction sent = wallet.signed(unsigned(nonce, 5));
            chain.rpc("eth_sendRawTransaction", sent.raw());
            hashes.add(sent.hash());
        }
        chain.rpc("anvil_mine", "0x64");

        NonceHistory history = new NonceHistory(node);
        for (int nonce = 0; nonce < 3; nonce++) {
            assertThat(history.find(TestChain.TREASURY, nonce, node.blockNumber()))
                    .isEqualTo(new NonceHistory.Finding(NonceHistory.Use.USED, hashes.get(nonce)));
        }
        assertThat(history.find(TestChain.TREASURY, 3, node.blockNumber()).use())
                .isEqualTo(NonceHistory.Use.NOT_YET);
        assertThat(history.find(TestChain.TREASURY, 0, 0).use()).isEqualTo(NonceHistory.Use.NOT_YET);
    }

    @Test
    void waitsForTheConfiguredConfirmations() throws Exception {
        HostLife host = host(Map.of("confirmations", 3, "receiptTimeoutSeconds", 1));

        assertThat(host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                .isInstanceOf(Outcome.Unknown.class);
        chain.mine();
        host.reconciler.run();
        assertThat(log.only().state()).isEqualTo(TransactionState.UNKNOWN);
        chain.mine();
        host.reconciler.run();
        assertThat(log.only().state()).isEqualTo(TransactionState.MINED);
    }

    @Test
    void aNodeThatDiesAfterSigningLeavesAnUnknownOutcome() throws Exception {
        TransactionRecord signed = signedButNeverSent("c1", "pay", 0);
        HostLife host = host(Map.of("receiptTimeoutSeconds", 1));
        chain.close();

        assertThat(host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                .isEqualTo(
                        new Outcome.Unknown<>(
                                signed.hash(),
                                "The transaction is signed and may be mined; it is settled from the chain and never sent anew"));
        assertThat(wallet.signatures()).isZero();
    }

    @Test
    void fillsTheGapThatAKillLeftBetweenSigningAndSending() throws Exception {
        chain.automine(false);
        // The second was sent before the host died, the first was not: the node holds nonce 1 and waits for nonce 0.
        TransactionRecord second = signedButNeverSent("c2", "pay", 1);
        chain.rpc("eth_sendRawTransaction", second.rawTransaction());
        signedButNeverSent("c1", "pay", 0);
        chain.mine();
        assertThat(chain.nonce(TestChain.TREASURY)).isZero();

        HostLife host = host();
        host.reconciler.run();
        chain.mine();
        host.reconciler.run();

        assertThat(log.all()).extracting(TransactionRecord::state).containsOnly(TransactionState.MINED);
        assertThat(chain.nonce(TestChain.TREASURY)).isEqualTo(BigInteger.TWO);
        assertThat(wallet.signatures()).isZero();
    }

    @Test
    void theNextTransactionTakesTheNonceThatNobodyHolds() throws Exception {
        chain.automine(false);
        TransactionRecord orphan = signedButNeverSent("c2", "pay", 1);
        chain.rpc("eth_sendRawTransaction", orphan.rawTransaction());
        HostLife host = host(Map.of("receiptTimeoutSeconds", 1));
        assertThat(new Nonces(orphan.chain(), host.node, log).gaps()).containsExactly(TestChain.TREASURY + " 0");

        host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5));
        chain.mine();
        host.reconciler.run();

        assertThat(log.all()).extracting(TransactionRecord::state).containsOnly(TransactionState.MINED);
        assertThat(new Nonces(orphan.chain(), host.node, log).gaps()).isEmpty();
    }
}
