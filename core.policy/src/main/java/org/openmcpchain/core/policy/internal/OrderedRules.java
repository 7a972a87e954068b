/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.policy.GatePoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first rule whose condition holds decides; a rule whose condition has no value denies; what no rule allows is denied. */
final class OrderedRules implements RuleBook {

    private static final Logger LOG = LoggerFactory.getLogger(OrderedRules.class);

    private final Map<GatePoint, List<PolicyRule>> rules = new EnumMap<>(GatePoint.class);
    private final Map<String, List<String>> lists;

    OrderedRules(List<PolicyRule> ordered, Map<String, List<String>> lists) {
        this.lists = Map.copyOf(lists);
        for (GatePoint point : GatePoint.values()) {
            List<PolicyRule> here = new ArrayList<>(ordered);
            here.removeIf(rule -> !rule.at().contains(point));
            rules.put(point, List.copyOf(here));
        }
    }

    @Override
    public Ruling judge(GateQuestion question) {
        IntentVariables variables = new IntentVariables(question.intent(), question.circumstances(), lists);
        for (PolicyRule rule : rules.get(question.intent().point())) {
            try {
                if (holds(rule.when(), question, variables)) {
                    return new Ruling(rule.then(), rule.id(), rule.reason().of(question), rule.approval());
                }
            } catch (ConditionFailedException | RuntimeException e) {
                LOG.warn("rule {} could not be evaluated; the intent is denied", rule.id());
                LOG.debug("rule {} could not be evaluated", rule.id(), e);
                return Ruling.deny(rule.id(), "the rule could not be evaluated for this intent");
            }
        }
        return Ruling.deny(DEFAULT_DENY, "no rule allows this");
    }

    private static boolean holds(Condition condition, GateQuestion question, IntentVariables variables)
            throws ConditionFailedException {
        return condition instanceof CelCondition compiled ? compiled.holds(variables) : condition.holds(question);
    }
}
