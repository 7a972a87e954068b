/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.core.run.RunHeldException;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Spent;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.ToolDescriptor;

/** Makes one tool call of a run: checks, journal, gate, tool, journal. */
final class ToolStep {

    /** How much longer than its deadline a tool is waited for, so that a chain which gives up in time can still say so. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Nothing was done, and the next try may find the node again. */
    private static final Set<ChainError> AWAY = EnumSet.of(ChainError.CHAIN_UNREACHABLE, ChainError.DEVNET_UNAVAILABLE);

    private final RunSession session;
    private final PolicyGate gate;
    private final Bookkeeping books;
    private final ToolRegistry tools;
    private final Networks networks;
    private final TransactionLog transactions;
    private final AgentSettings settings;
    private final Optional<ChainId> network;

    ToolStep(
            RunSession session,
            PolicyGate gate,
            Bookkeeping books,
            ToolRegistry tools,
            Networks networks,
            TransactionLog transactions,
            AgentSettings settings,
            Optional<ChainId> network) {
        this.session = session;
        this.gate = gate;
        this.books = books;
        this.tools = tools;
        this.networks = networks;
        this.transactions = transactions;
        this.settings = settings;
        this.network = network;
    }

    /**
     * Makes the call, and has its end on disk when it returns. A call that waits for people, or for a node that does not
     * answer while the run may be tried again, leaves nothing behind: the next attempt makes it again under the same id.
     *
     * <p>Errors: {@code CHAIN_UNREACHABLE}, {@code DEVNET_UNAVAILABLE} while there is a try left.
     *
     * @throws RunHeldException when people are asked
     * @param selected whether an earlier attempt had begun the call
     * @param known whether the tool was there when the model was asked
     * @param resumed whether the call was planned by an earlier attempt
     * @param index the place of the call in its reply, from 0
     */
    ToolResult perform(PlannedCall call, int index, boolean selected, boolean known, boolean resumed) {
        session.checkActive();
        Outcome<String> outcome;
        try {
            outcome = index < settings.maxToolCalls()
                    ? checkAndCall(call, selected, known, resumed)
                    : failed(HostException.of(
                            ToolError.TOOL_CALLS_EXCEEDED,
                            "detail",
                            "only the first " + settings.maxToolCalls() + " calls of a reply are made"));
        } catch (HostException e) {
            if (!(e.code() instanceof ToolError)) {
                throw e;
            }
            outcome = failed(e);
        }
        ToolResult result = new ToolResult(call.id(), call.name(), outcome);
        session.record(EntryTypes.TOOL_RETURNED, StepRecords.returned(result));
        if (outcome.isOk() || outcome instanceof Outcome.Failed<String>) {
            books.settle(key(call), new Spent(true, null, 0, 0)); // a call that failed was made all the same
        }
        return result;
    }

    /** Errors: {@code TOOL_UNKNOWN}, {@code TOOL_GONE}, {@code TOOL_ARGUMENTS_INVALID}. */
    private Outcome<String> checkAndCall(PlannedCall call, boolean selected, boolean known, boolean resumed) {
        ToolDescriptor tool = find(call.name(), selected || known, resumed);
        CheckedArguments arguments = tools.check(call.name(), call.arguments());
        if (!selected) {
            session.record(
                    EntryTypes.TOOL_SELECTED,
                    StepRecords.selected(call.id(), tool, tools.schemaHash(call.name()), arguments));
        }
        Verdict verdict = gate.decide(
                Intent.builder(GatePoint.TOOL, tool.name(), session.run().principal())
                        .run(session.run().id(), call.id())
                        .bundle(tool.bundle())
                        .effect(tool.effect())
                        .argumentsHash(arguments.sha256())
                        .key(key(call))
                        .arguments(arguments.canonical())
                        .session(session.run().session().orElse(null))
                        .build());
        Verdicts.hold(verdict);
        if (!verdict.isAllowed()) {
            return verdict.decision() == Decision.NEEDS_APPROVAL
                    ? new Outcome.NeedsApproval<>(verdict)
                    : new Outcome.Denied<>(verdict);
        }
        return passing(settle(call, tool, arguments), tool);
    }

    private String key(PlannedCall call) {
        return session.run().id() + "/" + call.id();
    }

    /**
     * What is no end of the call leaves as an exception. Reads may be repeated, and a chain finds the transactions of a
     * repeated call again; whatever else a tool does outside is not repeated without the model's wish.
     */
    private Outcome<String> passing(Outcome<String> outcome, ToolDescriptor tool) {
        if (outcome instanceof Outcome.NeedsApproval<String> held) {
            Verdicts.hold(held.verdict());
        }
        if (outcome instanceof Outcome.Failed<String> failed
                && tool.effect() != Effect.EXTERNAL
                && session.retriesLeft() > 0) {
            AWAY.stream()
                    .filter(code -> code.name().equals(failed.code()))
                    .findFirst()
                    .ifPresent(code -> {
                        throw HostException.of(code, "tool", tool.name(), "detail", failed.detail());
                    });
        }
        return outcome;
    }

    private ToolDescriptor find(String name, boolean known, boolean resumed) {
        try {
            if (resumed) {
                tools.awaitOperation(name, settings.startPatience());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.of(session);
        }
        return tools.find(name)
                .orElseThrow(() -> HostException.of(
                        known ? ToolError.TOOL_GONE : ToolError.TOOL_UNKNOWN, "tool", Texts.bounded(name, 64)));
    }

    /**
     * Calls until the outcome is known or the run has no time left. A call is repeated under the same id, so the chain
     * finds its transactions again and sends nothing twice.
     */
    private Outcome<String> settle(PlannedCall call, ToolDescriptor tool, CheckedArguments arguments) {
        Outcome<String> outcome = null;
        try {
            outcome = call(call, tool, arguments);
            while (outcome instanceof Outcome.Unknown<String>) {
                pause();
                outcome = call(call, tool, arguments);
            }
            return outcome;
        } catch (HostException e) {
            if (e.code() != RunError.RUN_DEADLINE) {
                throw e;
            }
            return outcome == null ? outOfTime(call, e) : outcome;
        }
    }

    /** The run's time was over in the middle of the call: what was sent by then may still happen. */
    private Outcome<String> outOfTime(PlannedCall call, HostException deadline) {
        return transactions.ofRun(session.run().id()).stream()
                .filter(sent -> sent.callId().equals(call.id()) && !sent.state().isFinal())
                .findFirst()
                .<Outcome<String>>map(sent -> new Outcome.Unknown<>(sent.hash(), "transaction " + sent.label()))
                .orElseThrow(() -> deadline);
    }

    private void pause() {
        session.checkActive();
        try {
            Thread.sleep(settings.outcomePoll().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.of(session);
        }
        session.checkActive();
    }

    private Outcome<String> call(PlannedCall call, ToolDescriptor tool, CheckedArguments arguments) {
        Duration limit = Duration.ofSeconds(tool.deadlineSeconds());
        Instant deadline = session.now().plus(limit);
        CallScope scope = new CallScope(
                session.run().principal(),
                session.run().id(),
                call.id(),
                tool.name(),
                tool.bundle(),
                null,
                deadline,
                session.run().session().orElse(null));
        try (CallContext context = new CallContext(scope, network, networks, session::now)) {
            return new Outcome.Ok<>(tools.call(tool.name(), arguments, context, limit.plus(GRACE)));
        } catch (ExecutionException e) {
            return outcome(tool, e.getCause());
        } catch (TimeoutException e) {
            return late(call, tool);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.of(session);
        } catch (HostException e) { // it went between the look-up and the call
            return failed(HostException.of(ToolError.TOOL_GONE, "tool", tool.name()));
        }
    }

    private static Outcome<String> outcome(ToolDescriptor tool, Throwable thrown) {
        if (thrown instanceof RunSuspendedException suspended) {
            throw suspended;
        }
        return ToolFailures.outcome(tool.name(), thrown);
    }

    private static Outcome<String> late(PlannedCall call, ToolDescriptor tool) {
        String detail = "no answer after " + tool.deadlineSeconds() + " s";
        if (tool.effect() == Effect.TRANSACTION) {
            return new Outcome.Unknown<>(call.id(), detail + "; what it sent is settled from the chain");
        }
        return failed(HostException.of(
                ToolError.TOOL_DEADLINE,
                "detail",
                tool.effect() == Effect.READ ? detail : detail + "; it may have been done all the same"));
    }

    private static Outcome<String> failed(HostException e) {
        return new Outcome.Failed<>(e.code().name(), e.code().retryable(), e.plainText(), Map.copyOf(e.parameters()));
    }
}
