/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.tool.Effect;

/** What the gate is asked: drafts and messages, decoded, simulated and named. */
final class Questions {

    private final NetworkSettings settings;
    private final Abi abi;
    private final Simulation simulation;
    private final Oversight oversight;

    Questions(NetworkSettings settings, Abi abi, Simulation simulation, Oversight oversight) {
        this.settings = settings;
        this.abi = abi;
        this.simulation = simulation;
        this.oversight = oversight;
    }

    /** May this draft be signed? */
    Intent ofTransaction(String key, CallScope scope, TransactionIntent intent, Crafter.Draft draft) {
        Optional<List<BalanceChange>> changes = simulation.changes(draft);
        TransactionFacts facts = new TransactionFacts(
                settings.info().id(),
                draft.from(),
                draft.to(),
                contractName(draft.to()),
                assetSymbol(draft.to()),
                intent.call().map(abi::signature).orElse(null),
                intent.call().map(call -> Abi.texts(call.arguments())).orElse(List.of()),
                draft.value(),
                draft.gasLimit(),
                draft.maxFeePerGas(),
                draft.maxPriorityFeePerGas(),
                draft.data(),
                oversight.actions(decoder ->
                        decoder.transaction(settings.info(), draft.from(), draft.to(), draft.value(), draft.data())),
                changes.orElse(List.of()),
                changes.isPresent());
        return about(key, scope).effect(Effect.TRANSACTION).transaction(facts).build();
    }

    /** May this message be signed? */
    Intent ofMessage(String key, CallScope scope, SignatureFacts facts) {
        return about(key, scope).effect(Effect.TRANSACTION).signature(facts).build();
    }

    private static Intent.Builder about(String key, CallScope scope) {
        return Intent.builder(GatePoint.SIGN, scope.tool(), scope.principal())
                .run(scope.runId(), scope.callId())
                .bundle(scope.bundle())
                .key(key)
                .session(scope.session());
    }

    private String contractName(String address) {
        return settings.info().contracts().entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(address))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private String assetSymbol(String address) {
        return settings.info().assets().stream()
                .filter(asset -> !asset.id().isCoin() && asset.id().reference().equalsIgnoreCase(address))
                .map(org.openmcpchain.money.Asset::symbol)
                .findFirst()
                .orElse(null);
    }
}
