/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.openmcpchain.bench.Defaults;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.core.inference.Inference;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.market.Provenance;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolDescriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * The agent of a host, put together without a framework. It stands in the package of what it puts together, so that
 * production code need not be opened for a measurement.
 */
public final class BareAgent {

    private final ToolRegistry tools;
    private final Operation operation;
    private final RunExecutor executor;

    /** An agent with one tool, no network and a host's default configuration. */
    public BareAgent(
            String toolName,
            Tool tool,
            Inference inference,
            PolicyGate gate,
            TransactionLog transactions,
            Provenance provenance) {
        tools = new ToolRegistry(provenance, Defaults.of(ToolsConfig.class));
        tools.bindTool(tool, Map.of(Tool.NAME, toolName, "service.id", 1L));
        operation = ToolInspection.of(toolName, tool, provenance.bundleOf(tool.getClass()))
                .operations()
                .get(0);
        executor = new AgentExecutor(
                startedFramework(),
                inference,
                tools,
                new Networks(),
                gate,
                transactions,
                Defaults.of(AgentConfig.class));
    }

    /** The loop. */
    public RunExecutor executor() {
        return executor;
    }

    /** Checks the arguments of one call and makes it, as a step of the loop does. */
    public String call(String operation, String arguments)
            throws InterruptedException, TimeoutException, ExecutionException {
        ToolDescriptor descriptor = tools.find(operation).orElseThrow();
        return tools.call(
                operation, tools.check(operation, arguments), null, Duration.ofSeconds(descriptor.deadlineSeconds()));
    }

    /** The same on the caller's thread: what is left without the hand-over to the tool's own threads. */
    public String callHere(String arguments) throws Throwable {
        return operation.call(operation.check(arguments), null);
    }

    private static BundleContext startedFramework() {
        FrameworkStartLevel levels =
                answering(FrameworkStartLevel.class, Map.of("getStartLevel", 1, "getInitialBundleStartLevel", 1));
        Bundle system = answering(Bundle.class, Map.of("adapt", levels));
        return answering(BundleContext.class, Map.of("getBundle", system));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
