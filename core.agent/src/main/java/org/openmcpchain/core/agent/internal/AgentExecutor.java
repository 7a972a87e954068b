/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.ChainStatus;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.core.inference.Inference;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.run.Run;
import org.openmcpchain.session.ContextSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** The agent: works on a run until it has an answer or cannot go on. */
@Component(name = AgentExecutor.PID, configurationPid = AgentExecutor.PID, service = RunExecutor.class)
@Designate(ocd = AgentConfig.class)
public final class AgentExecutor implements RunExecutor {

    static final String PID = "org.openmcpchain.core.agent.Agent";

    private final HostStart hostStart;
    private final Inference inference;
    private final ToolRegistry tools;
    private final Networks networks;
    private final PolicyGate gate;
    private final TransactionLog transactions;
    private final Prompt prompt = new Prompt();
    private final BriefingStep briefings = new BriefingStep();
    private final Bookkeeping books = new Bookkeeping();
    private volatile AgentSettings settings;

    @Activate
    public AgentExecutor(
            BundleContext context,
            @Reference Inference inference,
            @Reference ToolRegistry tools,
            @Reference Networks networks,
            @Reference PolicyGate gate,
            @Reference TransactionLog transactions,
            AgentConfig config) {
        this.settings = AgentSettings.of(config);
        this.inference = inference;
        this.tools = tools;
        this.networks = networks;
        this.gate = gate;
        this.transactions = transactions;
        this.hostStart = new HostStart(context);
    }

    @Modified
    void modified(AgentConfig config) {
        settings = AgentSettings.of(config);
    }

    /** From now on runs are told what their session and the knowledge cards say. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindContext(ContextSource source) {
        briefings.open(source);
    }

    /** A new one, if any, was bound before. */
    void unbindContext(ContextSource source) {
        briefings.close(source);
    }

    /** From now on replies and calls are settled. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLedgers(Ledgers ledgers) {
        books.open(ledgers);
    }

    /** A new one, if any, was bound before. */
    void unbindLedgers(Ledgers ledgers) {
        books.close(ledgers);
    }

    @Deactivate
    void deactivate() {
        hostStart.close();
    }

    @Override
    public RunEnding execute(RunSession session) {
        AgentSettings limits = settings;
        RunHistory history = RunHistory.of(session.history());
        ResultDocument document = new ResultDocument();
        if (history.begun()) {
            document.observe("The run was continued from its journal");
        }
        Optional<String> wanted = session.run().network().or(limits::defaultNetwork);
        Optional<Chain> chain = awaitStart(session, wanted, limits.startPatience());
        AgentRun run = begin(session, history, limits, wanted, chain, document);
        RunEnding ending = run.toItsEnd();
        Thread.interrupted(); // an interrupt by the run's deadline was for the work that is over now
        observeChain(document, wanted, chain);
        return finished(session.run(), run, ending, document);
    }

    private AgentRun begin(
            RunSession session,
            RunHistory history,
            AgentSettings limits,
            Optional<String> wanted,
            Optional<Chain> chain,
            ResultDocument document) {
        Briefing briefing = briefings.of(session, history, limits.contextTokens(), document);
        Optional<ChainId> network = chain.map(each -> each.network().id()).or(() -> wanted.map(ChainId::parse));
        return new AgentRun(
                session,
                history,
                limits,
                new InferenceStep(session, inference, gate, books, tools, limits, prompt.name()),
                new ToolStep(session, gate, books, tools, networks, transactions, limits, network),
                document,
                prompt.text(chain.map(Chain::network), briefing.background()),
                briefing.turns());
    }

    /** A network is waited for when the run asks for it, or when the host has just been restarted. */
    private Optional<Chain> awaitStart(RunSession session, Optional<String> wanted, Duration patience) {
        try {
            hostStart.await(patience);
            boolean expected = wanted.isPresent() || session.run().attempts() > 1;
            return networks.await(wanted, expected ? patience : Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.of(session);
        }
    }

    /** A chain that does not answer is worth a remark, never a failed run. */
    private static void observeChain(ResultDocument document, Optional<String> wanted, Optional<Chain> chain) {
        if (chain.isEmpty()) {
            wanted.ifPresent(id -> document.observe("The network " + id + " was not there"));
            return;
        }
        String id = chain.get().network().id().toString();
        ChainStatus status = chain.get().status();
        if (status.reachable()) {
            document.chain(id, status.blockNumber());
        } else {
            document.observe("The network " + id + " did not answer at the end of the run: " + status.detail());
        }
    }

    private RunEnding finished(Run run, AgentRun attempt, RunEnding ending, ResultDocument document) {
        List<ToolResult> results = attempt.results();
        document.toolResults(results);
        document.transactions(transactions.ofRun(run.id()));
        attempt.lastReply().ifPresent(document::provider);
        document.metadata(run.metadata());
        return new RunEnding(
                ending.state(),
                ending.reply(),
                ending.thought(),
                Optional.of(document.json()),
                ending.errorCode(),
                ending.errorDetail(),
                ending.provider());
    }
}
