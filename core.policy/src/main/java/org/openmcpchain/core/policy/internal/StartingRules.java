/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.openmcpchain.core.policy.internal.Rule.Ruling;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Grant;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.TransactionFacts;

/**
 * The starting rule set, in order. Refusing rules stand before the one that allows, so that an allowing rule is only
 * reached by an intent that passed every limit.
 */
final class StartingRules {

    /** Goes up when the rules themselves change. */
    static final int REVISION = 1;

    /** The contract permission that covers the token contract of every asset that the network lists. */
    static final String ANY_ASSET = "asset:*";

    private final PolicySettings settings;
    private final Function<BundleRef, Optional<Grant>> grants;

    private StartingRules(PolicySettings settings, Function<BundleRef, Optional<Grant>> grants) {
        this.settings = settings;
        this.grants = grants;
    }

    static List<Rule> of(PolicySettings settings, Function<BundleRef, Optional<Grant>> grants) {
        StartingRules rules = new StartingRules(settings, grants);
        return List.of(
                at(GatePoint.INFERENCE, "inference-allowed", rules::inference),
                at(GatePoint.TOOL, "tool-granted", rules::toolGranted),
                at(GatePoint.TOOL, "tool-allowed", intent -> Ruling.allow("the tool's bundle has a grant")),
                atSigning("network-known", rules::networkKnown),
                atSigning("contract-granted", rules::contractGranted),
                atSigning("value-cap", rules::valueCap),
                atSigning("gas-cap", rules::gasCap),
                atSigning("sign-allowed", (intent, facts) -> Ruling.allow("within every limit and the tool's grant")),
                at(GatePoint.INSTALL, "install-allowed", rules::install),
                at(GatePoint.CONFIGURE, "configure-allowed", rules::configure));
    }

    private Optional<Ruling> inference(Intent intent) {
        boolean allowed = settings.inferenceProviders().contains("*")
                || settings.inferenceProviders().contains(intent.subject());
        return allowed
                ? Ruling.allow("the provider may be asked")
                : Ruling.deny("inference provider " + intent.subject() + " is not among the allowed ones");
    }

    private Optional<Ruling> toolGranted(Intent intent) {
        return grantOf(intent).isPresent()
                ? Optional.empty()
                : Ruling.deny("the bundle of tool " + intent.subject() + " has no grant from the operator");
    }

    private Optional<Ruling> networkKnown(Intent intent, TransactionFacts facts) {
        return settings.networks().contains(facts.chain().toString())
                ? Optional.empty()
                : Ruling.deny("transactions on network " + facts.chain() + " are not allowed");
    }

    private Optional<Ruling> contractGranted(Intent intent, TransactionFacts facts) {
        Optional<Grant> grant = grantOf(intent);
        if (grant.isEmpty()) {
            return Ruling.deny("the bundle of tool " + intent.subject() + " has no grant from the operator");
        }
        boolean byName = facts.contract() != null && grant.get().allowsContract(facts.contract());
        boolean byAsset = facts.asset() != null && grant.get().allowsContract(ANY_ASSET);
        if (byName || byAsset) {
            return Optional.empty();
        }
        return Ruling.deny("contract " + nameOf(facts) + " is not on the allow-list of the tool's grant");
    }

    private Optional<Ruling> valueCap(Intent intent, TransactionFacts facts) {
        return exceeds(facts.value(), settings.maxValuePerTransaction())
                ? Ruling.deny("a value of " + facts.value() + " wei is above the cap of "
                        + settings.maxValuePerTransaction() + " wei per transaction")
                : Optional.empty();
    }

    private Optional<Ruling> gasCap(Intent intent, TransactionFacts facts) {
        if (exceeds(facts.gasLimit(), settings.maxGasPerTransaction())) {
            return Ruling.deny("a gas limit of " + facts.gasLimit() + " is above the cap of "
                    + settings.maxGasPerTransaction() + " per transaction");
        }
        return exceeds(facts.maxFeePerGas(), settings.maxFeePerGas())
                ? Ruling.deny("a fee of " + facts.maxFeePerGas() + " wei per gas is above the cap of "
                        + settings.maxFeePerGas())
                : Optional.empty();
    }

    private Optional<Ruling> install(Intent intent) {
        return settings.installs()
                ? Ruling.allow("installations are allowed")
                : Ruling.deny("installations are switched off");
    }

    private Optional<Ruling> configure(Intent intent) {
        return settings.configuration()
                ? Ruling.allow("changes of the configuration are allowed")
                : Ruling.deny("changes of the configuration are switched off");
    }

    private Optional<Grant> grantOf(Intent intent) {
        return intent.bundle().flatMap(grants);
    }

    private static String nameOf(TransactionFacts facts) {
        return facts.contract() == null ? String.valueOf(facts.to()) : facts.contract() + " (" + facts.to() + ")";
    }

    private static boolean exceeds(BigInteger value, BigInteger cap) {
        return value == null || value.compareTo(cap) > 0;
    }

    private static Rule at(GatePoint point, String id, Function<Intent, Optional<Ruling>> judgement) {
        return Rule.of(id, intent -> intent.point() == point ? judgement.apply(intent) : Optional.empty());
    }

    private static Rule atSigning(String id, BiFunction<Intent, TransactionFacts, Optional<Ruling>> judgement) {
        return at(GatePoint.SIGN, id, intent -> intent.transaction()
                .map(facts -> judgement.apply(intent, facts))
                .orElseGet(() -> Ruling.deny("nothing may be signed that was not decoded")));
    }
}
