/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.openmcpchain.core.policy.internal.LedgerCharge.Kind;
import org.openmcpchain.money.Price;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.TransactionFacts;

/**
 * Measures one intent in the units of caps. Whatever cannot be measured counts as {@link LedgerOutflow#UNBOUNDED}: a cap
 * that cannot be counted refuses. Prices are asked for at most once for each asset. Not thread-safe.
 */
final class LedgerMeasure {

    static final String VALUE_USD = "value-usd";
    static final String MODEL_USD = "model-usd";
    static final String GAS = "gas";
    static final String FEE = "wei-fee";
    static final String TOKENS = "tokens";
    static final String COUNT = "count";
    /** Nobody in particular. */
    static final String EVERYBODY = "*";

    private static final int MICRO = 6;

    private final GateQuestion question;
    private final Function<String, Optional<Price>> prices;
    private final Duration maxAge;
    private final LedgerOutflow outflow;
    private final Map<String, Optional<Price>> asked = new TreeMap<>();
    private String obstacle;

    LedgerMeasure(GateQuestion question, Function<String, Optional<Price>> prices, Duration maxAge) {
        this.question = question;
        this.prices = prices;
        this.maxAge = maxAge;
        this.outflow = LedgerOutflow.of(question.intent());
    }

    /** What an intent takes up under a cap, one charge for each holder; empty when it takes up nothing. */
    List<LedgerCharge> charges(CapRule cap) {
        obstacle = null;
        return switch (cap.unit()) {
            case GAS -> one(cap, Kind.GAS, transaction(TransactionFacts::gasLimit));
            case FEE -> one(cap, Kind.FEE, transaction(LedgerMeasure::fee));
            case TOKENS -> one(cap, Kind.TOKENS, inference(LedgerMeasure::tokens));
            case COUNT -> one(cap, Kind.COUNT, BigInteger.ONE);
            case MODEL_USD -> model(cap);
            case VALUE_USD -> value(cap);
            default -> asset(cap, LedgerOutflow.normal(cap.unit()));
        };
    }

    /** Why the last charges are without a bound, fit for people, or null when they are not. */
    String obstacle() {
        return obstacle;
    }

    /** A cap's name for the ledgers. */
    static String nameOf(CapRule cap) {
        return cap.id() + ' ' + LedgerOutflow.normal(cap.unit()) + ' ' + cap.per();
    }

    /** The unit as usage names it. */
    static String unitOf(CapRule cap) {
        return switch (cap.unit()) {
            case FEE -> "wei";
            case VALUE_USD, MODEL_USD -> "usd-micro";
            default -> cap.unit();
        };
    }

    private BigInteger transaction(Function<TransactionFacts, BigInteger> part) {
        return question.intent()
                .transaction()
                .map(facts -> bounded(part.apply(facts)))
                .orElse(BigInteger.ZERO);
    }

    private BigInteger inference(Function<InferenceFacts, BigInteger> part) {
        return question.intent().inference().map(part).orElse(BigInteger.ZERO);
    }

    private static BigInteger fee(TransactionFacts facts) {
        return facts.gasLimit() == null || facts.maxFeePerGas() == null
                ? null
                : facts.gasLimit().multiply(facts.maxFeePerGas());
    }

    private static BigInteger tokens(InferenceFacts facts) {
        return bounded(facts.inputTokens()).add(bounded(facts.outputTokens()));
    }

    private static BigInteger bounded(long tokens) {
        return tokens < 0 ? LedgerOutflow.UNBOUNDED : BigInteger.valueOf(tokens);
    }

    private static BigInteger bounded(BigInteger amount) {
        return amount == null || amount.signum() < 0 ? LedgerOutflow.UNBOUNDED : amount;
    }

    private List<LedgerCharge> one(CapRule cap, Kind kind, BigInteger amount) {
        return amount.signum() == 0
                ? List.of()
                : List.of(new LedgerCharge(nameOf(cap), holder(cap), kind, amount, null, null));
    }

    private List<LedgerCharge> model(CapRule cap) {
        Optional<InferenceFacts> facts = question.intent().inference();
        if (facts.isEmpty()) {
            return List.of();
        }
        Optional<ModelPrice> price = question.policy().prices().stream()
                .filter(candidate ->
                        candidate.covers(facts.get().provider(), facts.get().model()))
                .findFirst();
        if (price.isEmpty() || facts.get().inputTokens() < 0 || facts.get().outputTokens() < 0) {
            obstacle = "the policy has no price for model "
                    + SafeText.line(facts.get().model(), 64) + " of "
                    + SafeText.line(facts.get().provider(), 64);
            return one(cap, Kind.COUNT, LedgerOutflow.UNBOUNDED);
        }
        BigInteger cost = LedgerCharge.cost(
                facts.get().inputTokens(),
                facts.get().outputTokens(),
                price.get().input(),
                price.get().output());
        return cost.signum() == 0
                ? List.of()
                : List.of(new LedgerCharge(
                        nameOf(cap),
                        holder(cap),
                        Kind.MODEL,
                        cost,
                        price.get().input(),
                        price.get().output()));
    }

    private List<LedgerCharge> asset(CapRule cap, String asset) {
        if (outflow.isUnknown(asset) && asset.startsWith(outflow.chain() + "/")) {
            obstacle = "what it moves can neither be read nor be simulated";
            return one(cap, Kind.MOVEMENT, LedgerOutflow.UNBOUNDED);
        }
        LedgerOutflow.Flow flow = outflow.flows().get(asset);
        if (flow == null) {
            return List.of();
        }
        return cap.per() == CapRule.Per.RECIPIENT
                ? each(cap, flow.byRecipient(outflow.receiver()))
                : one(cap, Kind.MOVEMENT, flow.total());
    }

    private List<LedgerCharge> value(CapRule cap) {
        if (outflow.isUnknown()) {
            obstacle = "what it moves can neither be read nor be simulated";
            return one(cap, Kind.MOVEMENT, LedgerOutflow.UNBOUNDED);
        }
        Map<String, BigInteger> byRecipient = new TreeMap<>();
        BigInteger total = BigInteger.ZERO;
        for (LedgerOutflow.Flow flow : outflow.flows().values()) {
            for (Map.Entry<String, BigInteger> part :
                    flow.byRecipient(outflow.receiver()).entrySet()) {
                byRecipient.merge(part.getKey(), microUsd(flow, part.getValue()), BigInteger::add);
            }
            total = total.add(microUsd(flow, flow.total()));
        }
        return cap.per() == CapRule.Per.RECIPIENT ? each(cap, byRecipient) : one(cap, Kind.MOVEMENT, total);
    }

    private static List<LedgerCharge> each(CapRule cap, Map<String, BigInteger> amounts) {
        List<LedgerCharge> charges = new ArrayList<>();
        amounts.forEach((recipient, amount) -> {
            if (amount.signum() > 0) {
                charges.add(new LedgerCharge(nameOf(cap), recipient, Kind.MOVEMENT, amount, null, null));
            }
        });
        return charges;
    }

    /** Rounded up; without a fresh price, or without decimals, nobody can say what it is worth. */
    private BigInteger microUsd(LedgerOutflow.Flow flow, BigInteger amount) {
        if (amount.signum() == 0) {
            return BigInteger.ZERO;
        }
        Optional<Price> price = asked.computeIfAbsent(flow.name(), this::fresh);
        if (price.isEmpty() || flow.decimals() == null || flow.decimals() < 0 || flow.decimals() > 255) {
            obstacle = "there is no fresh price of " + SafeText.line(flow.name(), 160);
            return LedgerOutflow.UNBOUNDED;
        }
        BigInteger scale = BigInteger.TEN.pow(flow.decimals() + price.get().decimals());
        BigInteger scaled = amount.multiply(price.get().value()).multiply(BigInteger.TEN.pow(MICRO));
        return scaled.add(scale).subtract(BigInteger.ONE).divide(scale);
    }

    /** A price from the future is as doubtful as a stale one, but clocks of chains run a little ahead. */
    private Optional<Price> fresh(String asset) {
        Instant now = question.at();
        return prices.apply(asset)
                .filter(price -> !price.at().isBefore(now.minus(maxAge)))
                .filter(price -> !price.at().isAfter(now.plus(maxAge)));
    }

    private String holder(CapRule cap) {
        Intent intent = question.intent();
        return switch (cap.per()) {
            case PRINCIPAL -> intent.principal();
            case SESSION -> intent.session()
                    .orElseGet(() -> intent.runId().map(id -> "run/" + id).orElse(EVERYBODY));
            case TOOL -> intent.subject();
            case RECIPIENT -> outflow.receiver().isEmpty() ? EVERYBODY : outflow.receiver();
            case TRANSACTION, ALL -> EVERYBODY;
        };
    }
}
