/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.regex.Pattern;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.OutcomeException;
import org.openmcpchain.tool.ToolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a tool threw into an outcome. Only texts are kept: an exception would keep the tool's classes alive. */
final class ToolFailures {

    private static final Logger LOG = LoggerFactory.getLogger(ToolFailures.class);
    private static final int MAX_DETAIL = 2_000;
    private static final int MAX_NAME = 256;
    private static final Pattern APPROVAL = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

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
        if (outcome instanceof Outcome.Denied<String> denied) {
            return new Outcome.Denied<>(bounded(denied.verdict()));
        }
        if (outcome instanceof Outcome.NeedsApproval<String> held) {
            return new Outcome.NeedsApproval<>(bounded(held.verdict()));
        }
        if (outcome instanceof Outcome.Unknown<String> unknown) {
            return new Outcome.Unknown<>(name(unknown.reference()), text(unknown.detail()));
        }
        return outcome;
    }

    /** A verdict that comes out of a tool need not be the gate's: the tool may write into it whatever it likes. */
    private static Verdict bounded(Verdict verdict) {
        String approval = verdict.approval();
        return new Verdict(
                verdict.decision(),
                name(verdict.ruleId()),
                name(verdict.policyVersion()),
                text(verdict.reason()),
                name(verdict.intentHash()),
                approval != null && APPROVAL.matcher(approval).matches() ? approval : null);
    }

    private static String name(String name) {
        return name == null ? "" : Texts.bounded(name, MAX_NAME);
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
