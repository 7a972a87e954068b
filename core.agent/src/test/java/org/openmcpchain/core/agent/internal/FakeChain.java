/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.author.testkit.FakeChainAccess;
import org.openmcpchain.author.testkit.FakeNetwork;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.ChainStatus;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.run.Outcome;

/** A network that keeps one access for each tool call, so that a repeated call finds its transactions again. */
final class FakeChain implements Chain {

    static final String ACCOUNT = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    final List<CallScope> scopes = Collections.synchronizedList(new ArrayList<>());
    final Map<String, FakeChainAccess> accesses = new HashMap<>();
    private final NetworkInfo network;
    volatile boolean reachable = true;
    volatile Outcome<TransactionReceipt> outcome;
    volatile int unknownFirst;

    FakeChain() {
        this(FakeNetwork.builder()
                .token("USDC", 6, "0x5FbDB2315678afecb367f032d93F642f64180aa3")
                .contract("uniswap-v2.router", "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0")
                .name("bob.eth", LedgerTool.RECEIVER)
                .build());
    }

    FakeChain(NetworkInfo network) {
        this.network = network;
        this.outcome = new Outcome.Ok<>(new TransactionReceipt(
                "0x" + "ab".repeat(32),
                101,
                "0x" + "cd".repeat(32),
                BigInteger.valueOf(21_000),
                BigInteger.TEN,
                ACCOUNT,
                LedgerTool.RECEIVER,
                List.of()));
    }

    Map<String, Object> properties() {
        return Map.of(Chain.ID, network.id().toString());
    }

    int transactionsSent() {
        return accesses.values().stream()
                .mapToInt(access -> access.sent().size())
                .sum();
    }

    @Override
    public NetworkInfo network() {
        return network;
    }

    @Override
    public ChainStatus status() {
        return reachable
                ? new ChainStatus(true, network.id(), 123, null)
                : new ChainStatus(false, null, -1, "connection refused");
    }

    @Override
    public synchronized ChainAccess open(CallScope scope) {
        scopes.add(scope);
        return accesses.computeIfAbsent(scope.callId(), call -> {
            FakeChainAccess access = new FakeChainAccess(network, ACCOUNT);
            access.outcome(
                    "pay", intent -> unknownFirst-- > 0 ? new Outcome.Unknown<>("0xdead", "no receipt") : outcome);
            return access;
        });
    }

    static ChainId id() {
        return ChainId.eip155(31337);
    }
}
