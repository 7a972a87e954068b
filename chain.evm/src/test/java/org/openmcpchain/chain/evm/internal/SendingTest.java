/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.ContractCall;
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
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint8;

class SendingTest {

    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    private final MemoryLog log = new MemoryLog();
    private final RecordingGate gate = new RecordingGate();
    private final CountingWallet wallet = new CountingWallet(TestChain.TREASURY_KEY);
    private final List<HostLife> lives = new ArrayList<>();
    private TestChain chain;

    @BeforeEach
    void startChain() throws Exception {
        chain = TestChain.start(31337);
    }

    @AfterEach
    void endChain() throws Exception {
        lives.forEach(HostLife::close);
        if (chain != null) {
            chain.close();
        }
    }

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
        TransactionReceipt paid = host(Map.of("maxFeeWei", "3000000000", "priorityFeeWei", "2500000000"))
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

        assertThat(host.access("c1").send(HostLife.transfer("pay", TestChain.BOB, 5)))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo("CHAIN_NONCE"));
        assertThat(host.access("c2")
                        .send(HostLife.transfer("pay", TestChain.BOB, 5))
                        .isOk())
                .isTrue();
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

    private void setBalance(String wei) {
        try {
            chain.rpc("anvil_setBalance", TestChain.TREASURY, wei);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private HostLife host() {
        return host(Map.of());
    }

    private HostLife host(Map<String, Object> more) {
        HostLife host = new HostLife(Configs.local(chain.url(), more), log, gate, wallet);
        lives.add(host);
        return host;
    }

    /** A token of which the treasury has 1,000,000 units. */
    private String token() throws Exception {
        String token = chain.deploy("DevToken", new Utf8String("Test"), new Utf8String("TST"), new Uint8(6));
        chain.call(token, "mint(address,uint256)", TestChain.TREASURY, BigInteger.valueOf(1_000_000));
        return token;
    }

    private static TransactionIntent tokenTransfer(String label, String token, long units) {
        return TransactionIntent.builder(label)
                .call(ContractCall.of(
                        token, "transfer(address,uint256)(bool)", TestChain.BOB, BigInteger.valueOf(units)))
                .build();
    }

    /** What a host that was killed between writing and sending leaves behind: the bytes of a transfer of 5 wei. */
    private TransactionRecord signedButNeverSent(String call, String label, long nonce) {
        UnsignedTransaction unsigned = unsigned(nonce, 5);
        SignedTransaction signed = wallet.signed(unsigned);
        String key = org.openmcpchain.proof.Digests.sha256(org.openmcpchain.proof.CanonicalJson.of(
                Map.of("chain", "eip155:31337", "run", "run-1", "call", call, "label", label)));
        TransactionRecord record = new TransactionRecord(
                key,
                signed.hash(),
                "run-1",
                call,
                label,
                "a test",
                unsigned.chain(),
                unsigned.from(),
                unsigned.to(),
                nonce,
                unsigned.value(),
                signed.raw(),
                TransactionState.SIGNED,
                null,
                null,
                null,
                null,
                null,
                Instant.now(),
                Instant.now());
        log.signed(record);
        return record;
    }

    private static UnsignedTransaction unsigned(long nonce, long wei) {
        return new UnsignedTransaction(
                org.openmcpchain.chain.ChainId.eip155(31337),
                TestChain.TREASURY,
                TestChain.BOB,
                nonce,
                BigInteger.valueOf(wei),
                "0x",
                BigInteger.valueOf(21_000),
                GWEI,
                GWEI.multiply(BigInteger.valueOf(5)));
    }

    private void awaitState(HostLife host, TransactionState state) {
        await().until(() -> {
            host.reconciler.run();
            return log.all().get(0).state() == state;
        });
    }

    private void assertThatNothingHappened() throws Exception {
        assertThat(wallet.signatures()).isZero();
        assertThat(log.all()).isEmpty();
        assertThat(chain.nonce(TestChain.TREASURY)).isZero();
    }

    private interface Attempt {
        Outcome<TransactionReceipt> make(int number) throws Exception;
    }

    private static List<Outcome<TransactionReceipt>> atOnce(int threads, Attempt attempt) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<Outcome<TransactionReceipt>>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    start.await();
                    return attempt.make(number);
                }));
            }
            List<Outcome<TransactionReceipt>> outcomes = new ArrayList<>();
            for (Future<Outcome<TransactionReceipt>> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            pool.shutdownNow();
        }
    }
}
