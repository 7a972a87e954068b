/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.wallet.Wallet;

/** One life of a host on a chain: everything but the log, the wallet and the gate is made anew for each. */
final class HostLife implements AutoCloseable {

    static final BundleRef BUNDLE = new BundleRef("org.example.tool", "1.0.0", "ab".repeat(32));

    final NetworkSettings settings;
    final EvmNode node;
    final KeyLocks locks = new KeyLocks();
    final Wallets wallets = new Wallets();
    final Tracker tracker;
    final Sender sender;
    final Reconciler reconciler;

    HostLife(NetworkConfig config, MemoryLog log, RecordingGate gate, Wallet wallet) {
        this.settings = NetworkSettings.from(config);
        this.node = new EvmNode(settings);
        this.tracker = new Tracker(settings, node, log, Clock.systemUTC(), () -> false);
        wallets.add(wallet, Map.of("service.id", 1L));
        this.sender = new Sender(settings, node, new Abi(), tracker, log, gate, wallets, locks, Clock.systemUTC());
        this.reconciler = new Reconciler(settings.info().id(), log, tracker, locks);
    }

    ChainAccess access(String call) {
        return access(call, Instant.now().plusSeconds(60));
    }

    ChainAccess access(String call, Instant deadline) {
        return new EvmAccess(settings.info(), node, sender, wallets, scope(call, deadline));
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
