/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.tool.Tool;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** An agent with everything around it, made of fakes. */
final class AgentRig {

    static final ObjectMapper JSON = new ObjectMapper();

    final LedgerTool ledger = new LedgerTool();
    final ToolRegistry tools = new ToolRegistry(new FakeProvenance(), TestConfigs.tools(5));
    final Networks networks = new Networks();
    final FakeChain chain = new FakeChain();
    final FakeGate gate = new FakeGate();
    final FakeTransactionLog transactions = new FakeTransactionLog();
    final ScriptedInference model = new ScriptedInference();
    final AgentExecutor agent;

    AgentRig() {
        this(TestConfigs.agent());
    }

    AgentRig(AgentConfig config) {
        tools.bindTool(ledger, service("ledger", 1));
        networks.bindChain(chain, chain.properties());
        agent = new AgentExecutor(startedFramework(), model, tools, networks, gate, transactions, config);
    }

    static Map<String, Object> service(String name, long id) {
        return Map.of(Tool.NAME, name, "service.id", id);
    }

    static BundleContext startedFramework() {
        return framework(100);
    }

    static BundleContext framework(int level) {
        FrameworkStartLevel levels = mock(FrameworkStartLevel.class);
        when(levels.getStartLevel()).thenReturn(level);
        when(levels.getInitialBundleStartLevel()).thenReturn(80);
        Bundle system = mock(Bundle.class);
        when(system.adapt(any())).thenReturn(levels);
        BundleContext context = mock(BundleContext.class);
        when(context.getBundle(0)).thenReturn(system);
        return context;
    }

    RunEnding run(FakeSession session) {
        return agent.execute(session);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    static JsonNode body(JournalEntry entry) {
        return json(entry.body());
    }

    static JsonNode result(RunEnding ending) {
        return json(ending.result().orElseThrow());
    }
}
