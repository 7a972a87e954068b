/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.tool.ToolContext;

/** What a tool call may use in a test: a clock that stands still and chains that exist in memory. Immutable. */
public final class FakeToolContext implements ToolContext {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Instant now;
    private final List<ChainAccess> chains;

    private FakeToolContext(Instant now, List<ChainAccess> chains) {
        this.now = Objects.requireNonNull(now, "now");
        this.chains = List.copyOf(chains);
    }

    /** A context whose run works on the first chain; the clock stands at {@link FakeChainAccess#BLOCK_TIME}. */
    public static FakeToolContext on(ChainAccess... chains) {
        return new FakeToolContext(FakeChainAccess.BLOCK_TIME, Arrays.asList(chains));
    }

    /** The same context at another time. */
    public FakeToolContext at(Instant time) {
        return new FakeToolContext(time, chains);
    }

    @Override
    public String runId() {
        return "test-run";
    }

    @Override
    public String callId() {
        return "1.0";
    }

    @Override
    public Instant deadline() {
        return now.plus(PATIENCE);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public ChainAccess chain() {
        if (chains.isEmpty()) {
            throw HostException.of(ChainError.CHAIN_UNKNOWN);
        }
        return chains.get(0);
    }

    @Override
    public ChainAccess chain(ChainId id) {
        return chains.stream()
                .filter(chain -> chain.network().id().equals(id))
                .findFirst()
                .orElseThrow(() -> HostException.of(ChainError.CHAIN_UNKNOWN, "chain", id));
    }
}
