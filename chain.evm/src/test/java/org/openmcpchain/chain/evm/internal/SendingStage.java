/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint8;

/** A real chain, a host on it, and what the host did; for the tests of the way of a transaction. */
abstract class SendingStage {

    static final BigInteger GWEI = BigInteger.TEN.pow(9);

    final MemoryLog log = new MemoryLog();
    final RecordingGate gate = new RecordingGate();
    final CountingWallet wallet = new CountingWallet(TestChain.TREASURY_KEY);
    final List<HostLife> lives = new ArrayList<>();
    TestChain chain;

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

    void setBalance(String wei) {
        try {
            chain.rpc("anvil_setBalance", TestChain.TREASURY, wei);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    void mineAtBaseFee(BigInteger wei) {
        try {
            chain.mineAtBaseFee(wei);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    HostLife host() {
        return host(Map.of());
    }

    HostLife host(Map<String, Object> more) {
        HostLife host = new HostLife(Configs.local(chain.url(), more), log, gate, wallet);
        lives.add(host);
        return host;
    }

    /** A token of which the treasury has 1,000,000 units. */
    String token() throws Exception {
        String token = chain.deploy("DevToken", new Utf8String("Test"), new Utf8String("TST"), new Uint8(6));
        chain.call(token, "mint(address,uint256)", TestChain.TREASURY, BigInteger.valueOf(1_000_000));
        return token;
    }

    static TransactionIntent tokenTransfer(String label, String token, long units) {
        return TransactionIntent.builder(label)
                .call(ContractCall.of(
                        token, "transfer(address,uint256)(bool)", TestChain.BOB, BigInteger.valueOf(units)))
                .build();
    }

    /** What a host that was killed between writing and sending leaves behind: the bytes of a transfer of 5 wei. */
    TransactionRecord signedButNeverSent(String call, String label, long nonce) {
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

    static UnsignedTransaction unsigned(long nonce, long wei) {
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

    void awaitState(HostLife host, TransactionState state) {
        await().until(() -> {
            host.reconciler.run();
            return log.all().get(0).state() == state;
        });
    }

    void assertThatNothingHappened() throws Exception {
        assertThat(wallet.signatures()).isZero();
        assertThat(log.all()).isEmpty();
        assertThat(chain.nonce(TestChain.TREASURY)).isZero();
    }

    interface Attempt {
        Outcome<TransactionReceipt> make(int number) throws Exception;
    }

    static List<Outcome<TransactionReceipt>> atOnce(int threads, Attempt attempt) throws Exception {
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
