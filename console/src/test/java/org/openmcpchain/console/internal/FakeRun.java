/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.time.Instant;
import java.util.Optional;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;

/** A run with only as much in it as a test says. */
record FakeRun(String id, RunRequest request, RunState state, Optional<String> errorCode) implements Run {

    static final Instant AT = Instant.parse("2026-11-20T10:00:00.123Z");

    FakeRun in(RunState next, String code) {
        return new FakeRun(id, request, next, Optional.ofNullable(code));
    }

    @Override
    public Optional<String> clientId() {
        return request.clientId();
    }

    @Override
    public String principal() {
        return request.principal();
    }

    @Override
    public String goal() {
        return request.goal();
    }

    @Override
    public Optional<String> network() {
        return request.network();
    }

    @Override
    public Optional<String> session() {
        return request.session();
    }

    @Override
    public String metadata() {
        return request.metadata();
    }

    @Override
    public Instant createdAt() {
        return AT;
    }

    @Override
    public Instant updatedAt() {
        return AT;
    }

    @Override
    public Optional<Instant> endedAt() {
        return state.isTerminal() ? Optional.of(AT) : Optional.empty();
    }

    @Override
    public int attempts() {
        return 1;
    }

    @Override
    public Optional<String> reply() {
        return state == RunState.SUCCEEDED ? Optional.of("ETH costs 3,000 USD.") : Optional.empty();
    }

    @Override
    public Optional<String> thought() {
        return Optional.empty();
    }

    @Override
    public Optional<String> result() {
        return state == RunState.SUCCEEDED ? Optional.of("{\"outcome\":\"OK\"}") : Optional.empty();
    }

    @Override
    public Optional<String> errorDetail() {
        return errorCode.map(code -> "something broke");
    }

    @Override
    public Optional<String> provider() {
        return Optional.of("planner");
    }

    @Override
    public Optional<String> receiptDigest() {
        return state.isTerminal() ? Optional.of("d".repeat(64)) : Optional.empty();
    }
}
