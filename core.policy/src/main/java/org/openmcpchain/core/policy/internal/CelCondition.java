/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;

/** A compiled condition. */
final class CelCondition implements Condition {

    private final CelRuntime.Program program;
    private final Map<String, List<String>> lists;

    CelCondition(CelRuntime.Program program, Map<String, List<String>> lists) {
        this.program = program;
        this.lists = lists;
    }

    @Override
    public boolean holds(GateQuestion question) throws ConditionFailedException {
        return holds(new IntentVariables(question.intent(), question.circumstances(), lists));
    }

    /** The same for variables that several conditions share. */
    boolean holds(IntentVariables variables) throws ConditionFailedException {
        try {
            if (program.eval(variables) instanceof Boolean holds) {
                return holds;
            }
        } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
            throw new ConditionFailedException("the condition has no value for this intent", e);
        }
        throw new ConditionFailedException("the condition is neither true nor false", null);
    }
}
