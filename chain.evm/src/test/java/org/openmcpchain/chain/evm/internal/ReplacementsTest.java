/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.error.HostException;

/** When another transaction is believed to have taken the nonce of ours: with nodes that lag, forget and contradict. */
class ReplacementsTest extends SendingStage {

    private static final Duration MINUTES = Duration.ofMinutes(2);

    private ForgetfulNode between;
    private Warnings warnings;

    @BeforeEach
    void standBetween() throws Exception {
        between = new ForgetfulNode(chain);
        warnings = new Warnings();
    }

    @AfterEach
    void goAway() {
        warnings.close();
        between.close();
    }

    private HostLife host(int confirmations) {
        return host(Map.of("_url", between.url(), "confirmations", confirmations));
    }

    /** Ours, and another transaction with its nonce in the newest block. */
    private TransactionRecord replaced() throws Exception {
        TransactionRecord ours = signedButNeverSent("c1", "pay", 0);
        chain.rpc("eth_sendRawTransaction", wallet.signed(unsigned(0, 99)).raw());
        return ours;
    }

    private static Optional<String> look(HostLife host, TransactionRecord record, int times) {
        Optional<String> reason = Optional.empty();
        for (int i = 0; i < times; i++) {
            reason = host.tracker.replacements().reason(record);
        }
        return reason;
    }

    @Test
    void aNodeThatLagsIsNoEvidenceHoweverOften() throws Exception {
        TransactionRecord ours = replaced();
        HostLife host = host(1);
        between.answers("eth_blockNumber", "0x0");

        assertThat(look(host, ours, 10)).isEmpty();
        host.clock.goOn(MINUTES);
        assertThat(look(host, ours, 10)).isEmpty();

        between.remembers();
        assertThat(look(host, ours, 1))
                .hasValueSatisfying(reason -> assertThat(reason).endsWith("was mined with this nonce"));
    }

    @Test
    void aBlockThatANodeDoesNotHaveYetIsNoEvidence() throws Exception {
        TransactionRecord ours = replaced();
        HostLife host = host(1);
        between.withoutPast("header not found");

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> look(host, ours, 1)).isInstanceOf(HostException.class);
            host.clock.goOn(MINUTES);
        }
        between.withoutPast("missing trie node 90af (path )");

        assertThat(look(host, ours, 4)).isEmpty();
    }

    @Test
    void aNodeThatForgotTheStateIsBelievedAfterAMinuteAndManyLooks() throws Exception {
        TransactionRecord ours = replaced();
        HostLife host = host(1);
        between.withoutPast("missing trie node 90af (path )");

        assertThat(look(host, ours, 1)).isEmpty();
        host.clock.goOn(MINUTES);
        assertThat(look(host, ours, 3))
                .as("single misses, a minute apart, are not a minute")
                .isEmpty();
        assertThat(look(host, ours, 1)).contains("another transaction with this nonce was mined");
    }

    @Test
    void manyLooksInAMomentAreNotAMinute() throws Exception {
        TransactionRecord ours = replaced();
        HostLife host = host(1);
        between.withoutPast("missing trie node 90af (path )");

        assertThat(look(host, ours, 20)).isEmpty();
    }

    @Test
    void anAccountWhoseNonceIsFreeAgainStartsAnew() throws Exception {
        TransactionRecord ours = replaced();
        HostLife host = host(1);
        between.withoutPast("missing trie node 90af (path )");
        look(host, ours, 4);
        host.clock.goOn(MINUTES);

        between.answers("eth_getTransactionCount", "0x0");
        assertThat(look(host, ours, 1)).isEmpty();
        between.remembers();
        between.withoutPast("missing trie node 90af (path )");

        assertThat(look(host, ours, 4)).isEmpty();
    }

    @Test
    void aReceiptThatWasSeenOnceStartsAnew() throws Exception {
        HostLife host = host(3);
        TransactionRecord ours = signedButNeverSent("c1", "pay", 0);
        chain.rpc("eth_sendRawTransaction", ours.rawTransaction());
        between.withoutPast("missing trie node 90af (path )").withoutResult("eth_getTransactionReceipt");
        chain.mine();
        look(host, ours, 10);
        host.clock.goOn(MINUTES);

        between.remembers();
        host.reconciler.run();
        assertThat(log.only().state().isFinal()).as("not deep enough").isFalse();
        between.withoutPast("missing trie node 90af (path )").withoutResult("eth_getTransactionReceipt");
        chain.mine();
        chain.mine();
        host.reconciler.run();
        assertThat(log.only().state().isFinal()).as("replaced").isFalse();

        between.remembers();
        host.reconciler.run();
        assertThat(log.only().state()).isEqualTo(TransactionState.MINED);
    }

    @Test
    void theOtherTransactionMustBeAsDeepAsIsAsked() throws Exception {
        replaced();
        HostLife host = host(3);

        for (int depth = 1; depth <= 2; depth++) {
            host.reconciler.run();
            assertThat(log.only().state().isFinal()).as("at depth " + depth).isFalse();
            chain.mine();
        }
        host.reconciler.run();

        assertThat(log.only().state()).isEqualTo(TransactionState.REPLACED);
    }

    @Test
    void whatIsForgottenMustBeAsDeepToo() throws Exception {
        chain.mine();
        chain.mine();
        TransactionRecord ours = replaced();
        HostLife host = host(3);
        between.withoutPast("missing trie node 90af (path )");
        look(host, ours, 1);
        host.clock.goOn(MINUTES);

        assertThat(look(host, ours, 10)).isEmpty();
        chain.mine();
        chain.mine();
        assertThat(look(host, ours, 1)).isPresent();
    }

    @Test
    void warnsWhenAReorganisationBringsOursBack() throws Exception {
        TransactionRecord ours = signedButNeverSent("c1", "pay", 0);
        Object before = chain.rpc("evm_snapshot");
        chain.rpc("eth_sendRawTransaction", wallet.signed(unsigned(0, 99)).raw());
        HostLife host = host(1);
        awaitState(host, TransactionState.REPLACED);
        host.reconciler.run();
        assertThat(warnings.with(ours.hash())).isEmpty();

        chain.rpc("evm_revert", before);
        chain.rpc("eth_sendRawTransaction", ours.rawTransaction());
        chain.mine();
        host.reconciler.run();
        host.reconciler.run();

        assertThat(warnings.with("mined in block"))
                .singleElement()
                .asString()
                .contains(ours.hash(), "run-1", "reorganised");
        assertThat(log.only().state()).as("what is final stays").isEqualTo(TransactionState.REPLACED);
    }
}
