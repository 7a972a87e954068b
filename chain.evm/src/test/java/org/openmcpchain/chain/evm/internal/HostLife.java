/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Approvals;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.evm.internal.EvmCallDecoder;
import org.openmcpchain.wallet.Wallet;

/** One life of a host on a chain: everything but the log, the wallet and the gate is made anew for each. */
final class HostLife implements AutoCloseable {

    static final BundleRef BUNDLE = new BundleRef("org.example.tool", "1.0.0", "ab".repeat(32));

    final ShiftedClock clock = new ShiftedClock();
    final NetworkSettings settings;
    final EvmNode node;
    final KeyLocks locks = new KeyLocks();
    final Wallets wallets = new Wallets();
    final Tracker tracker;
    final Sender sender;
    final MessageDesk desk;
    final Reconciler reconciler;

    HostLife(NetworkConfig config, MemoryLog log, RecordingGate gate, Wallet wallet) {
        this(config, log, new MemoryJournal(), new Desks(gate, null, null), wallet);
    }

    /** What is asked: the gate, and approvals and ledgers or null. */
    record Desks(PolicyGate gate, Approvals approvals, Ledgers ledgers) {}

    HostLife(NetworkConfig config, TransactionLog log, Journal journal, Desks desks, Wallet wallet) {
        this.settings = NetworkSettings.from(config);
        this.node = new EvmNode(settings);
        EvmCallDecoder decoder = new EvmCallDecoder();
        Oversight oversight = new Oversight(desks.gate(), () -> decoder, desks::approvals, desks::ledgers);
        Replacements replacements = new Replacements(node, settings.info().confirmations(), clock::nanos);
        this.tracker = new Tracker(settings, node, log, oversight, replacements, clock, () -> false);
        wallets.add(wallet, Map.of("service.id", 1L));
        Abi abi = new Abi();
        Questions questions = new Questions(settings, abi, new Simulation(settings, node), oversight);
        this.sender = new Sender(settings, node, abi, tracker, log, oversight, questions, wallets, locks, clock);
        this.desk = new MessageDesk(settings, questions, oversight, journal, wallets, locks, clock);
        this.reconciler = new Reconciler(
                settings.info().id(), log, tracker, new Nonces(settings.info().id(), node, log), locks);
    }

    ChainAccess access(String call) {
        return access(call, Instant.now().plusSeconds(60));
    }

    ChainAccess access(String call, Instant deadline) {
        return new EvmAccess(settings.info(), node, sender, desk, wallets, scope(call, deadline));
    }

    static CallScope scope(String call) {
        return scope(call, Instant.now().plusSeconds(60));
    }

    private static CallScope scope(String call, Instant deadline) {
        return new CallScope("tester", "run-1", call, "test_send", BUNDLE, null, deadline);
    }

    static TransactionIntent transfer(String label, String to, long wei) {
        return TransactionIntent.builder(label)
                .description("a test")
                .to(to)
                .value(BigInteger.valueOf(wei))
                .build();
    }

    @Override
    public void close() {
        node.close();
    }
}
