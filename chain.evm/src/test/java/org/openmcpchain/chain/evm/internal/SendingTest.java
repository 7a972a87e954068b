/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.run.Outcome;

/** From the intent to the receipt. */
class SendingTest extends SendingStage {

    @Test
    void minesATransactionThroughEveryState() throws Exception {
        Outcome<TransactionReceipt> outcome = host().access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5));

        TransactionReceipt receipt = outcome.orThrow();
        assertThat(receipt.blockNumber()).isEqualTo(1);
        assertThat(receipt.gasUsed()).isEqualTo(BigInteger.valueOf(21_000));
        assertThat(log.history())
                .containsExactly(TransactionState.SIGNED, TransactionState.SUBMITTED, TransactionState.MINED);
        TransactionRecord record = log.only();
        assertThat(record.hash()).isEqualTo(receipt.hash());
        assertThat(record.blockHash()).isEqualTo(receipt.blockHash());
        assertThat(record.gasUsed()).isEqualTo(receipt.gasUsed());
    }

    @Test
    void doesNotReachTheSignerWhenTheGateDenies() throws Exception {
        gate.decideFromNowOn(Decision.DENY);

        Outcome<TransactionReceipt> outcome = host().access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Denied.class, denied -> assertThat(
                        denied.verdict().ruleId())
                .isEqualTo("test-rule"));
        assertThatNothingHappened();
    }

    @Test
    void doesNotReachTheSignerWhenAPersonMustApprove() throws Exception {
        gate.decideFromNowOn(Decision.NEEDS_APPROVAL);

        assertThat(host().access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                .isInstanceOf(Outcome.NeedsApproval.class);
        assertThatNothingHappened();
    }

    @Test
    void showsTheGateTheDecodedCall() throws Exception {
        String token = token();
        HostLife host = host(
                Map.of("assets", new String[] {"TST:6:" + token}, "contracts", new String[] {"test.token=" + token}));

        host.access("c1").send(tokenTransfer("pay", token, 7)).orThrow();

        assertThat(gate.intents()).singleElement().satisfies(intent -> {
            assertThat(intent.point()).isEqualTo(GatePoint.SIGN);
            assertThat(intent.subject()).isEqualTo("test_send");
            assertThat(intent.bundle()).contains(HostLife.BUNDLE);
            TransactionFacts facts = intent.transaction().orElseThrow();
            assertThat(facts.function()).isEqualTo("transfer(address,uint256)");
            assertThat(facts.arguments()).containsExactly(TestChain.BOB, "7");
            assertThat(facts.contract()).isEqualTo("test.token");
            assertThat(facts.asset()).isEqualTo("TST");
            assertThat(facts.from()).isEqualTo(TestChain.TREASURY);
            assertThat(facts.gasLimit()).isPositive();
        });
    }

    @Test
    void neitherSignsNorAsksTheGateWhenTheSimulationReverts() throws Exception {
        String token = token();

        Outcome<TransactionReceipt> outcome = host().access("c1").send(tokenTransfer("pay", token, 1_000_001));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("CHAIN_REVERTED");
            assertThat(failed.retryable()).isFalse();
            assertThat(failed.detail()).contains("ERC20: transfer amount exceeds balance");
        });
        assertThat(gate.intents()).isEmpty();
        assertThatNothingHappened();
    }

    @Test
    void saysWhenTheFundsDoNotSuffice() throws Exception {
        BigInteger all = new BigInteger(
                chain.rpc("eth_getBalance", TestChain.TREASURY, "latest")
                        .toString()
                        .substring(2),
                16);
        TransactionIntent everything =
                TransactionIntent.builder("pay").to(TestChain.BOB).value(all).build();

        assertThat(host().access("c1").send(everything))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo("CHAIN_FUNDS"));
        assertThatNothingHappened();
    }

    @Test
    void neverPaysMoreThanTheGreatestFee() throws Exception {
        Outcome<TransactionReceipt> refused =
                host(Map.of("maxFeeWei", "1")).access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5));
        TransactionReceipt paid = host(Map.of("maxFeeWei", "3000000000", "priorityFeeWei", "1100000000"))
                .access("c2")
                .send(HostLife.transfer("pay", TestChain.BOB, 5))
                .orThrow();

        assertThat(refused).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                .isEqualTo("CHAIN_FEE_TOO_LOW"));
        assertThat(paid.effectiveGasPrice()).isLessThanOrEqualTo(GWEI.multiply(BigInteger.valueOf(3)));
        assertThat(gate.intents()).hasSize(1).allSatisfy(intent -> assertThat(
                        intent.transaction().orElseThrow().maxFeePerGas())
                .isEqualTo(GWEI.multiply(BigInteger.valueOf(3))));
    }

    @Test
    void signsNothingThatFiveFullBlocksWouldLeaveBehind() throws Exception {
        // The base fee of the first block is one gwei; an eighth five times makes 1.8 of it, and one for the proposer.
        Outcome<TransactionReceipt> tight = host(Map.of("maxFeeWei", "2802032470", "priorityFeeWei", "1000000000"))
                .access("c1")
                .send(HostLife.transfer("pay", TestChain.BOB, 5));

        assertThat(tight).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("CHAIN_FEE_TOO_LOW");
            assertThat(failed.retryable()).isTrue();
            assertThat(failed.detail()).contains("room above the base fee");
        });
        assertThatNothingHappened();
        host(Map.of("maxFeeWei", "2802032471", "priorityFeeWei", "1000000000"))
                .access("c2")
                .send(HostLife.transfer("pay", TestChain.BOB, 5))
                .orThrow();
    }

    @Test
    void whatWaitedLongIsTriedOutAgainBeforeItIsSigned() throws Exception {
        HostLife host = host();
        gate.meanwhile(() -> {
            host.clock.goOn(Duration.ofSeconds(13));
            mineAtBaseFee(GWEI.multiply(BigInteger.valueOf(3)));
        });

        assertThat(host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo("CHAIN_FEE_TOO_LOW"));
        assertThatNothingHappened();
    }

    @Test
    void anotherLabelIsAnotherTransaction() throws Exception {
        HostLife host = host();
        host.access("c1").send(HostLife.transfer("approve", TestChain.BOB, 5)).orThrow();
        host.access("c1").send(HostLife.transfer("swap", TestChain.BOB, 5)).orThrow();

        assertThat(chain.nonce(TestChain.TREASURY)).isEqualTo(BigInteger.TWO);
    }

    @Test
    void theSameCallOnManyThreadsIsSignedOnce() throws Exception {
        HostLife host = host();

        List<Outcome<TransactionReceipt>> outcomes =
                atOnce(8, i -> host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.isOk()).isTrue());
        assertThat(outcomes.stream().map(outcome -> outcome.orThrow().hash()).distinct())
                .hasSize(1);
        assertThat(wallet.signatures()).isEqualTo(1);
    }

    @Test
    void sixteenAtOnceUseConsecutiveNonces() throws Exception {
        HostLife host = host();

        List<Outcome<TransactionReceipt>> outcomes =
                atOnce(16, i -> host.access("c" + i).send(HostLife.transfer("pay", TestChain.BOB, 1 + i)));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.isOk()).isTrue());
        assertThat(log.all().stream().map(TransactionRecord::nonce).sorted().toList())
                .isEqualTo(LongStream.range(0, 16).boxed().toList());
        assertThat(host.locks.size()).isZero();
    }

    @Test
    void aRefusalOfTheNodeGivesTheNonceBack() throws Exception {
        gate.meanwhile(() -> setBalance("0x0"));
        HostLife host = host();

        Outcome<TransactionReceipt> refused = host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5));

        assertThat(refused.word()).isEqualTo("FAILED");
        assertThat(log.only().state()).isEqualTo(TransactionState.DROPPED);
        gate.meanwhile(() -> {});
        setBalance("0xde0b6b3a7640000");
        host.access("c2").send(HostLife.transfer("pay", TestChain.BOB, 5)).orThrow();
        assertThat(log.all()).extracting(TransactionRecord::nonce).containsExactly(0L, 0L);
        assertThat(host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                .as("the same call is never signed anew")
                .isEqualTo(refused);
    }

    @Test
    void bytesThatNoBlockCanHoldGiveTheirNonceBack() throws Exception {
        Outcome<TransactionReceipt> refused =
                host(Map.of("gasMarginPercent", 400_000)).access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5));

        assertThat(refused.word()).isEqualTo("FAILED");
        assertThat(log.only().state()).isEqualTo(TransactionState.DROPPED);
        host().access("c2").send(HostLife.transfer("pay", TestChain.BOB, 5)).orThrow();
        assertThat(log.all()).extracting(TransactionRecord::nonce).containsExactly(0L, 0L);
    }

    @Test
    void signsNothingAfterTheDeadlineOfTheCall() throws Exception {
        Instant deadline = Instant.now().plusMillis(500);
        gate.meanwhile(() -> await().until(() -> Instant.now().isAfter(deadline)));

        assertThat(host().access("c1", deadline)
                        .send(HostLife.transfer("pay", TestChain.BOB, 5))
                        .word())
                .isEqualTo("FAILED");
        assertThatNothingHappened();
    }

    @Test
    void sendsNothingThatSomebodyElseSigned() throws Exception {
        HostLife host = new HostLife(
                Configs.local(chain.url(), Map.of()),
                log,
                gate,
                new CountingWallet(TestChain.TREASURY, TestChain.ALICE_KEY));
        lives.add(host);

        assertThatThrownBy(() -> host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(WalletError.SIGNATURE_INVALID));
        assertThat(log.all()).isEmpty();
        assertThat(chain.nonce(TestChain.ALICE)).isZero();
    }

    @Test
    void aDeadNodeIsARetryableErrorBeforeSigning() throws Exception {
        HostLife host = host();
        chain.close();

        assertThatThrownBy(() -> host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e.code()).isEqualTo(ChainError.CHAIN_UNREACHABLE);
                    assertThat(e.code().retryable()).isTrue();
                    assertThat(e.toString()).doesNotContain(chain.url());
                });
        assertThat(wallet.signatures()).isZero();
        host.reconciler.run();
    }

    @Test
    void refusesMoreTransactionsThanTheNodeBears() throws Exception {
        chain.automine(false);
        HostLife host = host(Map.of("maxInFlight", 1));
        ExecutorService first = Executors.newSingleThreadExecutor();
        try {
            Future<Outcome<TransactionReceipt>> pending =
                    first.submit(() -> host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)));
            await().until(() -> log.all().size() == 1);

            Outcome<TransactionReceipt> refused =
                    host.access("c2", Instant.now().plusSeconds(1)).send(HostLife.transfer("pay", TestChain.BOB, 5));

            assertThat(refused).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.code()).isEqualTo("CHAIN_BUSY");
                assertThat(failed.retryable()).isTrue();
            });
            assertThat(wallet.signatures()).isEqualTo(1);
            chain.mine();
            assertThat(pending.get().isOk()).isTrue();
        } finally {
            first.shutdownNow();
        }
    }
}
