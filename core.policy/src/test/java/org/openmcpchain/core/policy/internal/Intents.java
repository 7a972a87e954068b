/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.tool.Effect;

/** Example intents. */
final class Intents {

    static final ChainId DEVNET = ChainId.eip155(31337);
    static final BundleRef DEX = new BundleRef("org.example.dex", "1.0.0", "a".repeat(64));
    static final BigInteger ETHER = BigInteger.TEN.pow(18);
    static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    static final String ALICE = "0x" + "a1".repeat(20);
    static final String BOB = "0x" + "b0".repeat(20);
    static final String ROUTER = "0x" + "c0".repeat(20);
    static final String USDC = "eip155:31337/erc20:0x" + "dc".repeat(20);
    static final String COIN = "eip155:31337/slip44:60";

    private Intents() {}

    static Intent inference(String provider, String model) {
        return Intent.builder(GatePoint.INFERENCE, provider, "alice")
                .run("r1", null)
                .key("r1/round/1")
                .inference(new InferenceFacts(provider, model, 1, 1_000, 500))
                .build();
    }

    static Intent tool(String name, String arguments) {
        return Intent.builder(GatePoint.TOOL, name, "alice")
                .run("r1", "1.0")
                .key("r1/1.0")
                .bundle(DEX)
                .effect(Effect.TRANSACTION)
                .arguments(arguments)
                .build();
    }

    static Intent transaction(String contract, String asset, BigInteger value, Action... actions) {
        return transaction(contract, asset, value, List.of(), actions);
    }

    static Intent transaction(
            String contract, String asset, BigInteger value, List<BalanceChange> changes, Action... actions) {
        return transaction(contract, asset, List.of("1"), value, changes, actions);
    }

    static Intent transaction(
            String contract,
            String asset,
            List<String> arguments,
            BigInteger value,
            List<BalanceChange> changes,
            Action... actions) {
        return signing()
                .transaction(new TransactionFacts(
                        DEVNET,
                        ALICE,
                        ROUTER,
                        contract,
                        asset,
                        "f(uint256)",
                        arguments,
                        value,
                        BigInteger.valueOf(200_000),
                        BigInteger.valueOf(2_000_000_000),
                        BigInteger.ONE,
                        "0x12345678",
                        Arrays.asList(actions),
                        changes,
                        !changes.isEmpty()))
                .build();
    }

    static Intent signature(SignatureFacts.Kind kind, Action... actions) {
        return signing()
                .signature(new SignatureFacts(
                        kind,
                        DEVNET,
                        ALICE,
                        "0x" + "12".repeat(32),
                        kind == SignatureFacts.Kind.RAW_DIGEST ? null : "{}",
                        "USD Coin",
                        "0x" + "dc".repeat(20),
                        "Permit",
                        Arrays.asList(actions)))
                .build();
    }

    private static Intent.Builder signing() {
        return Intent.builder(GatePoint.SIGN, "dex_swap", "alice")
                .run("r1", "1.0")
                .key("r1/1.0/swap")
                .session("main/trader/main")
                .bundle(DEX)
                .effect(Effect.TRANSACTION);
    }

    static Action action(ActionKind kind, BigInteger amount, Action.Flag... flags) {
        return action(kind, "0", amount, BOB, null, flags);
    }

    static Action action(
            ActionKind kind, String path, BigInteger amount, String to, BigInteger expires, Action.Flag... flags) {
        return new Action(
                kind,
                path,
                "ERC-20",
                "0x" + "dc".repeat(20),
                "usdc",
                "f(address,uint256)",
                ALICE,
                to,
                USDC,
                "USDC",
                amount,
                6,
                null,
                expires,
                new ArrayList<>(List.of(flags)),
                "example");
    }

    static Circumstances granted(String... contracts) {
        return new Circumstances(Instant.parse("2026-11-20T14:00:00Z"), true, List.of(contracts));
    }
}
