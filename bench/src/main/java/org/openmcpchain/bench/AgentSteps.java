/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openmcpchain.core.agent.internal.BareAgent;
import org.openmcpchain.core.inference.Inference;
import org.openmcpchain.core.inference.InferenceLease;
import org.openmcpchain.core.inference.internal.BareInference;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.inference.ProviderInfo;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.run.RunState;

/** What is measured by JMH: a run of two rounds with one tool call, and the tool call alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AgentSteps {

    private static final String GOAL = "what is the price of ETH in USD?";

    private RunExecutor agent;
    private RunExecutor agentOnOneThread;
    private BareAgent tools;
    private Assistant assistant;
    private DefaultToolExecutor executor;
    private ToolExecutionRequest request;

    /** What LangChain4j implements. */
    public interface Assistant {
        /** Asks. */
        String chat(String goal);
    }

    /** Puts both together, and sees that they do the same. */
    @Setup
    public void prepare() throws Exception {
        ChatModel model = new ScriptedModel();
        tools = agent(BareInference.of(model, Surroundings.PROVENANCE));
        agent = tools.executor();
        agentOnOneThread = agent((provider, patience) -> new DirectLease(model)).executor();
        assistant = AiServices.builder(Assistant.class)
                .chatModel(model)
                .tools(new PriceTool.Annotated())
                .build();
        executor = new DefaultToolExecutor(
                new PriceTool.Annotated(), PriceTool.Annotated.class.getMethod("price", String.class));
        request = ToolExecutionRequest.builder()
                .id("call-1")
                .name(ScriptedModel.TOOL)
                .arguments(ScriptedModel.ARGUMENTS)
                .build();
        RunEnding ending = step();
        if (ending.state() != RunState.SUCCEEDED || !ending.reply().equals(Optional.of(peerStep()))) {
            throw new IllegalStateException("the two do not do the same: " + ending);
        }
    }

    private static BareAgent agent(Inference inference) {
        return new BareAgent(
                PriceTool.NAME,
                new PriceTool(),
                inference,
                Surroundings.GATE,
                Surroundings.NO_TRANSACTIONS,
                Surroundings.PROVENANCE);
    }

    /** The loop as a host runs it: the model and the tool each on threads of their own. */
    @Benchmark
    public RunEnding step() {
        return agent.execute(new MemorySession());
    }

    /** The loop with the model on the caller's thread. */
    @Benchmark
    public RunEnding stepWithoutLease() {
        return agentOnOneThread.execute(new MemorySession());
    }

    /** The loop of LangChain4j. */
    @Benchmark
    public String peerStep() {
        return assistant.chat(GOAL);
    }

    /** One tool call: arguments checked against the schema, read, called on the tool's thread, result written. */
    @Benchmark
    public String call() throws Exception {
        return tools.call(ScriptedModel.TOOL, ScriptedModel.ARGUMENTS);
    }

    /** The same without the tool's thread. */
    @Benchmark
    public String callOnOneThread() throws Throwable {
        return tools.callHere(ScriptedModel.ARGUMENTS);
    }

    /** One tool call of LangChain4j: arguments read, called, result written. */
    @Benchmark
    public String peerCall() {
        return executor.execute(request, "default");
    }

    /** A lease that asks the model on the caller's thread. */
    private record DirectLease(ChatModel model) implements InferenceLease {

        private static final ProviderInfo PROVIDER = new ProviderInfo(
                "bench", "scripted model", "script-1", true, 0, new BundleRef("bench", "1.0.0", "ab"), 0);

        @Override
        public ProviderInfo provider() {
            return PROVIDER;
        }

        @Override
        public ChatResponse chat(ChatRequest chatRequest, Duration deadline) {
            return model.chat(chatRequest);
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
