/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;

/** Reads the caps of a policy. The ledgers enforce them. */
final class CapReader {

    static final int MAX_CAPS = 200;

    private static final Set<String> FIELDS =
            Set.of("id", "unit", "limit", "per", "window", "at", "when", "fuse", "then", "approval");
    private static final Set<String> UNITS = Set.of("value-usd", "gas", "wei-fee", "tokens", "model-usd", "count");
    private static final Set<String> USD = Set.of("value-usd", "model-usd");
    private static final int USD_DECIMALS = 6;
    /** CAIP-19. */
    private static final Pattern ASSET = Pattern.compile(
            "[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}(/[-.%a-zA-Z0-9]{1,78})?");

    private final RuleReader rules;

    CapReader(RuleReader rules) {
        this.rules = rules;
    }

    List<CapRule> read(PolicyNode node) {
        List<CapRule> caps = new ArrayList<>();
        if (node == null) {
            return caps;
        }
        List<PolicyNode> items = node.items(false);
        if (items.size() > MAX_CAPS) {
            node.problem("has more than " + MAX_CAPS + " caps");
            return caps;
        }
        items.forEach(item -> cap(item).ifPresent(caps::add));
        return caps;
    }

    private Optional<CapRule> cap(PolicyNode node) {
        Map<String, PolicyNode> fields = node.fields(FIELDS);
        Optional<String> id = rules.id(node, fields.get("id"));
        Optional<String> unit = unit(node, fields.get("unit"));
        Optional<BigInteger> limit = unit.flatMap(known -> limit(node, fields.get("limit"), known));
        Optional<CapRule.Per> per = fields.containsKey("per")
                ? fields.get("per").word(CapRule.Per.class, EnumSet.allOf(CapRule.Per.class))
                : Optional.of(CapRule.Per.ALL);
        Optional<Optional<Duration>> window = window(fields.get("window"), per);
        Set<GatePoint> at = rules.points(node, fields.get("at"), points(unit.orElse("")));
        Optional<Condition> when = rules.condition(fields.get("when"));
        Optional<Boolean> fuse = fields.containsKey("fuse") ? fields.get("fuse").flag() : Optional.of(false);
        Optional<Decision> then = rules.decision(
                node,
                fields.get("then"),
                EnumSet.of(PolicyReader.Then.DENY, PolicyReader.Then.ASK),
                Optional.of(Decision.DENY));
        Optional<ApprovalTerms> approval = rules.approval(fields.get("approval"), then);
        if (id.isEmpty() || limit.isEmpty() || per.isEmpty() || window.isEmpty() || when.isEmpty() || fuse.isEmpty()) {
            return Optional.empty();
        }
        if (then.isEmpty() || approval.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CapRule(
                id.get(),
                unit.get(),
                limit.get(),
                per.get(),
                window.get(),
                at,
                when.get(),
                fuse.get(),
                then.get(),
                approval.get()));
    }

    /** Where a unit can be counted at all. */
    private static Set<GatePoint> points(String unit) {
        return switch (unit) {
            case "tokens", "model-usd" -> Set.of(GatePoint.INFERENCE);
            case "count" -> Set.of();
            default -> Set.of(GatePoint.SIGN);
        };
    }

    private static Optional<String> unit(PolicyNode owner, PolicyNode node) {
        if (node == null) {
            owner.problem("unit is missing");
            return Optional.empty();
        }
        Optional<String> unit = node.text(256);
        if (unit.isPresent()
                && !UNITS.contains(unit.get())
                && !ASSET.matcher(unit.get()).matches()) {
            node.problem("must be a CAIP-19 asset or one of "
                    + String.join(", ", UNITS.stream().sorted().toList()));
            return Optional.empty();
        }
        return unit;
    }

    private static Optional<BigInteger> limit(PolicyNode owner, PolicyNode node, String unit) {
        if (node == null) {
            owner.problem("limit is missing");
            return Optional.empty();
        }
        boolean usd = USD.contains(unit);
        try {
            BigInteger limit = Amount.scaled(node.text(400).orElse(""), usd ? USD_DECIMALS : 0)
                    .units();
            if (limit.signum() >= 0) {
                return Optional.of(limit);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        node.problem(usd ? "must be an amount of USD, for example 100.50" : "must be a whole number of base units");
        return Optional.empty();
    }

    private static Optional<Optional<Duration>> window(PolicyNode node, Optional<CapRule.Per> per) {
        if (node == null) {
            return Optional.of(Optional.empty());
        }
        if (per.isPresent() && per.get() == CapRule.Per.TRANSACTION) {
            node.problem("does not stand beside per: TRANSACTION");
        }
        return RuleReader.duration(node).map(Optional::of);
    }
}
