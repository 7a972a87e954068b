/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.OutcomeException;
import org.openmcpchain.tool.ToolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a tool threw into an outcome. Only texts are kept: an exception would keep the tool's classes alive. */
final class ToolFailures {

    private static final Logger LOG = LoggerFactory.getLogger(ToolFailures.class);
    private static final int MAX_DETAIL = 2_000;

    private ToolFailures() {}

    @SuppressWarnings("unchecked")
    static Outcome<String> outcome(String tool, Throwable thrown) {
        if (thrown instanceof OutcomeException carried) {
            Outcome<?> outcome = carried.outcome();
            return outcome.isOk() ? defect(tool, thrown) : bounded((Outcome<String>) outcome);
        }
        if (thrown instanceof ToolException refusal) {
            return new Outcome.Failed<>(
                    ToolError.TOOL_FAILED.name(), refusal.retryable(), text(refusal.getMessage()), Map.of());
        }
        if (thrown instanceof HostException host) {
            return new Outcome.Failed<>(
                    host.code().name(), host.code().retryable(), text(host.plainText()), host.parameters());
        }
        return defect(tool, thrown);
    }

    private static Outcome<String> bounded(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Failed<String> failed) {
            return new Outcome.Failed<>(failed.code(), failed.retryable(), text(failed.detail()), failed.parameters());
        }
        return outcome;
    }

    private static Outcome<String> defect(String tool, Throwable thrown) {
        // The log keeps events in memory: the stack trace goes there as text, so that it holds no class of the tool.
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        LOG.warn("Tool operation {} broke: {}", tool, Texts.bounded(trace.toString(), 8_000));
        return new Outcome.Failed<>(
                ToolError.TOOL_DEFECT.name(), false, ToolError.TOOL_DEFECT.summary(), Map.of("tool", tool));
    }

    private static String text(String message) {
        return message == null ? "the tool gave no reason" : Texts.bounded(message, MAX_DETAIL);
    }
}
