/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.openmcpchain.chain.AccountId;
import org.openmcpchain.chain.BlockRef;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.MessageIntent;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.run.Outcome;

/**
 * A chain as a tool sees it: it shuts when the call ends, so a tool that went on after its deadline cannot send what
 * nobody waits for any more.
 */
final class CallChain implements ChainAccess {

    private final ChainAccess chain;
    private final BooleanSupplier closed;

    CallChain(ChainAccess chain, BooleanSupplier closed) {
        this.chain = chain;
        this.closed = closed;
    }

    @Override
    public NetworkInfo network() {
        return open().network();
    }

    @Override
    public AccountId account() {
        return open().account();
    }

    @Override
    public BlockRef head() {
        return open().head();
    }

    @Override
    public BigInteger balance(String address) {
        return open().balance(address);
    }

    @Override
    public List<Object> read(ContractCall call) {
        return open().read(call);
    }

    @Override
    public String resolve(String nameOrAddress) {
        return open().resolve(nameOrAddress);
    }

    @Override
    public Outcome<String> sign(MessageIntent intent) {
        return open().sign(intent);
    }

    @Override
    public Outcome<TransactionReceipt> send(TransactionIntent intent) {
        return open().send(intent);
    }

    private ChainAccess open() {
        if (closed.getAsBoolean()) {
            throw new IllegalStateException("the call has ended");
        }
        return chain;
    }
}
