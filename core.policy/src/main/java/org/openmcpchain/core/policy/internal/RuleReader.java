/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.DateTimeException;
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

/** Reads the rules of a policy, and what caps have in common with them. */
final class RuleReader {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Set<String> FIELDS = Set.of("id", "at", "when", "then", "reason", "approval");
    private static final Set<String> TERMS = Set.of("approvers", "quorum", "expires", "onExpiry", "otherThanRequester");
    private static final Duration LONGEST = Duration.ofDays(366);

    private final ConditionCompiler compiler;
    private final Set<String> ids;

    RuleReader(ConditionCompiler compiler, Set<String> ids) {
        this.compiler = compiler;
        this.ids = ids;
    }

    List<PolicyRule> rules(PolicyNode node) {
        List<PolicyRule> rules = new ArrayList<>();
        if (node == null) {
            return rules;
        }
        List<PolicyNode> items = node.items(false);
        if (items.size() > PolicyReader.MAX_RULES) {
            node.problem("has more than " + PolicyReader.MAX_RULES + " rules");
            return rules;
        }
        items.forEach(item -> rule(item).ifPresent(rules::add));
        return rules;
    }

    private Optional<PolicyRule> rule(PolicyNode node) {
        Map<String, PolicyNode> fields = node.fields(FIELDS);
        Optional<String> id = id(node, fields.get("id"));
        Set<GatePoint> at = points(node, fields.get("at"), Set.of());
        Optional<Condition> when = condition(fields.get("when"));
        Optional<Decision> then =
                decision(node, fields.get("then"), EnumSet.allOf(PolicyReader.Then.class), Optional.empty());
        Optional<ReasonText> reason = reason(fields.get("reason"), "rule " + id.orElse("?") + " says so");
        Optional<ApprovalTerms> approval = approval(fields.get("approval"), then);
        if (id.isEmpty() || when.isEmpty() || then.isEmpty() || reason.isEmpty() || approval.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PolicyRule(id.get(), at, when.get(), then.get(), reason.get(), approval.get()));
    }

    Optional<String> id(PolicyNode owner, PolicyNode node) {
        if (node == null) {
            owner.problem("id is missing");
            return Optional.empty();
        }
        Optional<String> id = node.text(64);
        if (id.isPresent() && (!ID.matcher(id.get()).matches() || id.get().equals(RuleBook.DEFAULT_DENY))) {
            node.problem("must be 1 to 64 of a-z, 0-9, dot, _ and -, and not " + RuleBook.DEFAULT_DENY);
            return Optional.empty();
        }
        if (id.isPresent() && !ids.add(id.get())) {
            node.problem("is used by another rule or cap");
        }
        return id;
    }

    /** Gate points; when there are none, these, and without these a problem. */
    Set<GatePoint> points(PolicyNode owner, PolicyNode node, Set<GatePoint> otherwise) {
        if (node == null) {
            if (otherwise.isEmpty()) {
                owner.problem("at is missing");
            }
            return otherwise;
        }
        Set<GatePoint> points = EnumSet.noneOf(GatePoint.class);
        List<PolicyNode> items = node.items(true);
        items.forEach(item ->
                item.word(GatePoint.class, EnumSet.allOf(GatePoint.class)).ifPresent(points::add));
        if (items.isEmpty()) {
            node.problem("names no point of the gate");
        }
        return points;
    }

    Optional<Condition> condition(PolicyNode node) {
        if (node == null) {
            return Optional.of(Condition.ALWAYS);
        }
        Optional<String> expression = node.text(ConditionCompiler.MAX_CHARACTERS);
        if (expression.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(compiler.condition(expression.get()));
        } catch (ExpressionException e) {
            node.problem(e.getMessage());
            return Optional.empty();
        }
    }

    Optional<Decision> decision(
            PolicyNode owner, PolicyNode node, Set<PolicyReader.Then> allowed, Optional<Decision> otherwise) {
        if (node == null) {
            if (otherwise.isEmpty()) {
                owner.problem("then is missing");
            }
            return otherwise;
        }
        return node.word(PolicyReader.Then.class, allowed).map(PolicyReader.Then::decision);
    }

    private Optional<ReasonText> reason(PolicyNode node, String otherwise) {
        Optional<String> text = node == null ? Optional.of(otherwise) : node.text(ReasonText.MAX_CHARACTERS);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReasonText.of(text.get(), compiler));
        } catch (ExpressionException e) {
            if (node != null) {
                node.problem(e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** The terms of an approval; only something that asks may have them. */
    Optional<ApprovalTerms> approval(PolicyNode node, Optional<Decision> then) {
        if (node == null) {
            return Optional.of(ApprovalTerms.STANDARD);
        }
        if (then.isPresent() && then.get() != Decision.NEEDS_APPROVAL) {
            node.problem("only stands beside then: ASK");
        }
        Map<String, PolicyNode> fields = node.fields(TERMS);
        ApprovalTerms standard = ApprovalTerms.STANDARD;
        List<String> approvers =
                fields.containsKey("approvers") ? approvers(fields.get("approvers")) : standard.approvers();
        int quorum = fields.containsKey("quorum") ? quorum(fields.get("quorum"), approvers) : standard.quorum();
        Optional<Duration> expires =
                fields.containsKey("expires") ? duration(fields.get("expires")) : Optional.of(standard.expires());
        Optional<Decision> onExpiry = fields.containsKey("onExpiry")
                ? fields.get("onExpiry")
                        .word(PolicyReader.Then.class, EnumSet.of(PolicyReader.Then.ALLOW, PolicyReader.Then.DENY))
                        .map(PolicyReader.Then::decision)
                : Optional.of(standard.onExpiry());
        Optional<Boolean> other = fields.containsKey("otherThanRequester")
                ? fields.get("otherThanRequester").flag()
                : Optional.of(standard.otherThanRequester());
        if (approvers.isEmpty() || quorum < 1 || expires.isEmpty() || onExpiry.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ApprovalTerms(approvers, quorum, expires.get(), onExpiry.get(), other.get()));
    }

    private static List<String> approvers(PolicyNode node) {
        List<String> names = new ArrayList<>();
        node.items(true).forEach(item -> item.text(128).ifPresent(names::add));
        List<String> different = names.stream().distinct().toList();
        if (different.isEmpty()) {
            node.problem("names nobody");
        }
        return different;
    }

    private static int quorum(PolicyNode node, List<String> approvers) {
        String text = node.text(8).orElse("");
        if (!text.matches("[1-9][0-9]{0,2}")) {
            node.problem("must be a whole number of at least 1");
            return 0;
        }
        int quorum = Integer.parseInt(text);
        if (!approvers.contains("*") && quorum > approvers.size()) {
            node.problem("asks for more people than there are approvers");
            return 0;
        }
        return quorum;
    }

    /** An ISO-8601 duration of at least a second. */
    static Optional<Duration> duration(PolicyNode node) {
        try {
            Duration duration = Duration.parse(node.text(32).orElse(""));
            if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return Optional.of(duration);
            }
        } catch (DateTimeException e) {
            // told below
        }
        node.problem("must be an ISO-8601 duration from PT1S to P366D, for example PT24H");
        return Optional.empty();
    }
}
