/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;

/** A compiled expression inside a reason. */
final class CelWords {

    private final CelRuntime.Program program;
    private final Map<String, List<String>> lists;

    CelWords(CelRuntime.Program program, Map<String, List<String>> lists) {
        this.program = program;
        this.lists = lists;
    }

    /** Its value as text; {@code ?} when it has none, because a reason never changes a decision. */
    String of(GateQuestion question) {
        try {
            Object value = program.eval(new IntentVariables(question.intent(), question.circumstances(), lists));
            return value instanceof String
                            || value instanceof Number
                            || value instanceof Boolean
                            || value instanceof Amount
                    ? value.toString()
                    : "?";
        } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
            return "?";
        }
    }
}
