/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.wallet.UnsignedTransaction;

/** What is signed and then left behind by a rising base fee. */
class StuckTransactionsTest extends SendingStage {

    private static final Duration MINUTES = Duration.ofMinutes(2);

    private final Warnings warnings = new Warnings();

    @AfterEach
    void listenNoMore() {
        warnings.close();
    }

    private HostLife quick() {
        return host(Map.of("receiptTimeoutSeconds", 3));
    }

    /** Sends one, and lets the base fee rise above what it offers. */
    private TransactionRecord stuck(HostLife host) throws Exception {
        chain.automine(false);
        signedButNeverSent("c1", "pay", 0);
        host.reconciler.run();
        assertThat(log.only().state()).isEqualTo(TransactionState.SUBMITTED);
        mineAtBaseFee(GWEI.multiply(BigInteger.valueOf(100)));
        return log.only();
    }

    private static Outcome<TransactionReceipt> send(HostLife host, String call) {
        return host.access(call, Instant.now().plusSeconds(600)).send(HostLife.transfer("pay", TestChain.BOB, 5));
    }

    private static void assertBusy(Outcome<TransactionReceipt> outcome, TransactionRecord stuck) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("CHAIN_BUSY");
            assertThat(failed.retryable()).isTrue();
            assertThat(failed.detail()).contains(stuck.hash());
        });
    }

    @Test
    void nothingIsSignedBehindAStuckTransactionUntilTheBaseFeeHasFallen() throws Exception {
        HostLife host = quick();
        TransactionRecord stuck = stuck(host);
        host.clock.goOn(MINUTES);

        assertBusy(send(host, "c2"), stuck);
        assertThat(wallet.signatures()).isZero();
        assertThat(log.all()).hasSize(1);

        mineAtBaseFee(GWEI);
        chain.automine(true);
        awaitState(host, TransactionState.MINED);
        assertThat(send(host, "c2").isOk()).isTrue();
    }

    @Test
    void aYoungOneMayStillBeMinedInTime() throws Exception {
        HostLife host = quick();
        stuck(host);

        send(host, "c2");

        assertThat(log.all()).extracting(TransactionRecord::nonce).containsExactly(0L, 1L);
    }

    @Test
    void aSlowOneThatAnyBlockMayTakeStopsNobody() throws Exception {
        chain.automine(false);
        HostLife host = quick();
        signedButNeverSent("c1", "pay", 0);
        host.reconciler.run();
        host.clock.goOn(MINUTES);

        send(host, "c2");

        assertThat(log.all()).extracting(TransactionRecord::nonce).containsExactly(0L, 1L);
        host.reconciler.run();
        assertThat(warnings.with("cannot be mined")).isEmpty();
    }

    @Test
    void aStuckOneIsToldOnceWithWhatToDo() throws Exception {
        HostLife host = quick();
        TransactionRecord stuck = stuck(host);
        host.clock.goOn(MINUTES);

        host.reconciler.run();
        host.reconciler.run();
        send(host, "c2");

        assertThat(warnings.with("cannot be mined at the base fee"))
                .singleElement()
                .asString()
                .contains(stuck.hash(), "nonce 0 of " + TestChain.TREASURY, "same key and nonce", "operating.md");
    }

    @Test
    void whoeverReplacesItFromOutsideFreesTheAccount() throws Exception {
        HostLife host = quick();
        TransactionRecord stuck = stuck(host);
        host.clock.goOn(MINUTES);
        UnsignedTransaction cheap = unsigned(0, 0);
        BigInteger fee = GWEI.multiply(BigInteger.valueOf(500));
        chain.rpc(
                "eth_sendRawTransaction",
                wallet.signed(new UnsignedTransaction(
                                cheap.chain(),
                                cheap.from(),
                                cheap.from(),
                                0,
                                BigInteger.ZERO,
                                "0x",
                                cheap.gasLimit(),
                                fee,
                                fee))
                        .raw());
        chain.mine();
        chain.automine(true);

        host.reconciler.run();

        assertThat(log.byHash(stuck.hash()).orElseThrow().state()).isEqualTo(TransactionState.REPLACED);
        assertThat(send(host, "c2").isOk()).isTrue();
    }

    @Test
    void aNodeThatDoesNotTakeTheBytesAgainIsToldOnce() throws Exception {
        try (ForgetfulNode poor = new ForgetfulNode(chain)) {
            TransactionRecord signed = signedButNeverSent("c1", "pay", 0);
            poor.refuses("eth_sendRawTransaction", "insufficient funds for gas * price + value");
            HostLife host = host(Map.of("_url", poor.url()));

            host.reconciler.run();
            host.reconciler.run();

            assertThat(warnings.with("does not take"))
                    .singleElement()
                    .asString()
                    .contains(signed.hash(), "nonce 0", "insufficient funds", "operating.md");
            assertThat(log.only().state()).isEqualTo(TransactionState.SIGNED);
        }
    }
}
