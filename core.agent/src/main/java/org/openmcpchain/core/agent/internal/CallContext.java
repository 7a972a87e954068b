/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.tool.ToolContext;

/** What one tool call may use, until it is closed. A tool that keeps it gets nothing more out of it. */
final class CallContext implements ToolContext, AutoCloseable {

    private final CallScope scope;
    private final Optional<ChainId> network;
    private final Networks networks;
    private final Supplier<Instant> clock;
    private volatile boolean closed;

    CallContext(CallScope scope, Optional<ChainId> network, Networks networks, Supplier<Instant> clock) {
        this.scope = scope;
        this.network = network;
        this.networks = networks;
        this.clock = clock;
    }

    @Override
    public String runId() {
        return scope.runId();
    }

    @Override
    public String callId() {
        return scope.callId();
    }

    @Override
    public Instant deadline() {
        return scope.deadline();
    }

    @Override
    public Instant now() {
        return clock.get();
    }

    @Override
    public ChainAccess chain() {
        return chain(network.orElseThrow(() -> HostException.of(
                ChainError.CHAIN_UNKNOWN,
                "detail",
                "the run names no network and the host has no default one; there are " + networks.ids())));
    }

    @Override
    public ChainAccess chain(ChainId id) {
        if (closed) {
            throw new IllegalStateException("the call has ended");
        }
        return new CallChain(networks.get(id).open(scope), () -> closed);
    }

    @Override
    public void close() {
        closed = true;
    }
}
