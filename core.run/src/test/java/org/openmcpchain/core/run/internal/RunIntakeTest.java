/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.run.internal.Codes.assertCode;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.Submission;

/** What a goal needs to be taken in, and what it needs to be found again. */
class RunIntakeTest {

    private static final String NETWORK = "eip155:31337";

    private final Chain chain = Mockito.mock(Chain.class);
    private Host host;

    @BeforeEach
    void start() {
        host = new Host();
        host.engine.bindChain(chain, Map.of(Chain.ID, NETWORK));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void runIsFoundByItsClientIdWhileItsNetworkIsAway() {
        String id = host.engine.submit(on(NETWORK, "swap", "c1")).run().id();
        host.engine.unbindChain(chain);

        Submission again = host.engine.submit(on(NETWORK, "swap", "c1"));

        assertThat(again.created()).isFalse();
        assertThat(again.run().id()).isEqualTo(id);
        assertThat(host.engine.stats().total()).isOne();
        assertCode(RunError.RUN_CLIENT_ID_CONFLICT, () -> host.engine.submit(on(NETWORK, "sell", "c1")));
    }

    @Test
    void noRunBeginsOnANetworkThatIsAway() {
        host.engine.unbindChain(chain);

        assertCode(ChainError.CHAIN_UNKNOWN, () -> host.engine.submit(on(NETWORK, "swap", "c1")));
        assertCode(ChainError.CHAIN_UNKNOWN, () -> host.engine.submit(on(NETWORK, "swap", null)));
        assertThat(host.engine.stats().total()).isZero();
        host.engine.bindChain(chain, Map.of(Chain.ID, NETWORK));
        assertThat(host.engine.submit(on(NETWORK, "swap", "c1")).created()).isTrue();
    }

    @Test
    void whatIsNoNetworkIsRefusedEvenWhereTheRunExists() {
        host.engine.submit(on(NETWORK, "swap", "c1"));

        assertCode(RequestError.REQUEST_INVALID, () -> host.engine.submit(on("mainnet", "swap", "c1")));
    }

    private static RunRequest on(String network, String goal, String clientId) {
        return new RunRequest("alice", goal, Optional.ofNullable(clientId), Optional.of(network), "{}");
    }
}
