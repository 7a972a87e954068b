/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.core.policy.internal.RealPolicy;
import org.openmcpchain.policy.CapUsage;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint8;

/** A real chain and a host on it behind the real gate. */
abstract class GatedStage {

    static final String ASK_ALL =
            """
            version: 1
            rules:
              - {id: people, at: SIGN, then: ASK, reason: a person must see it}
            caps:
              - {id: coin, unit: "eip155:31337/slip44:60", limit: "1000", per: all, window: PT24H, at: SIGN}
              - {id: gas, unit: gas, limit: "100000000", per: all, window: PT24H, at: SIGN}
            """;

    final CountingWallet wallet = new CountingWallet(TestChain.TREASURY_KEY);
    final List<HostLife> lives = new ArrayList<>();
    TestChain chain;
    RealPolicy policy;

    @BeforeEach
    void startChain() throws Exception {
        chain = TestChain.start(31337);
    }

    @AfterEach
    void end() throws Exception {
        lives.forEach(HostLife::close);
        if (policy != null) {
            policy.close();
        }
        if (chain != null) {
            chain.close();
        }
    }

    HostLife host(Map<String, Object> more) {
        HostLife.Desks desks = new HostLife.Desks(policy.gate(), policy.approvals(), policy.ledgers());
        HostLife host = new HostLife(Configs.local(chain.url(), more), policy.log(), policy.journal(), desks, wallet);
        lives.add(host);
        return host;
    }

    HostLife host() {
        return host(Map.of());
    }

    /** The host is killed and started again: what is left is what is on disk. */
    HostLife nextLife() {
        policy.restart();
        return host();
    }

    List<TransactionRecord> transactions() {
        return policy.log().ofRun("run-1");
    }

    CapUsage usage(String cap) {
        return policy.ledgers().usage().stream()
                .filter(line -> line.cap().equals(cap))
                .findFirst()
                .orElseThrow();
    }

    void assertReserved(String cap, long reserved, long settled) {
        assertThat(usage(cap).reserved()).as("reserved").isEqualTo(Long.toString(reserved));
        assertThat(usage(cap).settled()).as("settled").isEqualTo(Long.toString(settled));
    }

    String token() throws Exception {
        String token = chain.deploy("DevToken", new Utf8String("Test"), new Utf8String("TST"), new Uint8(6));
        chain.call(token, "mint(address,uint256)", TestChain.TREASURY, BigInteger.valueOf(1_000_000));
        return token;
    }
}
