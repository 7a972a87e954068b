/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.agent.internal.AgentRig.body;
import static org.openmcpchain.core.agent.internal.AgentRig.result;
import static org.openmcpchain.core.agent.internal.ScriptedInference.call;
import static org.openmcpchain.core.agent.internal.ScriptedInference.calls;
import static org.openmcpchain.core.agent.internal.ScriptedInference.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.run.RunState;

@Timeout(60)
class AgentExecutorTest {

    private static final String LOOK = "{\"asset\":\"USDC\"}";
    private static final String PAY = "{\"amount\":0.5,\"receiver\":\"bob.eth\"}";

    private final AgentRig rig = new AgentRig();
    private final FakeSession session = new FakeSession(FakeSession.run("how much USDC is there?", 1), List.of());

    @Test
    void goesFromGoalThroughToolToAnswerAndWritesEachStepDown() {
        rig.model.says(
                calls(call("ledger_look", LOOK)),
                text("{\"thought\":\"looked it up\",\"reply\":\"There are 1234.50 USDC\"}"));

        RunEnding ending = rig.run(session);

        assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(ending.reply()).contains("There are 1234.50 USDC");
        assertThat(ending.thought()).contains("looked it up");
        assertThat(ending.provider()).contains("script");
        assertThat(session.types())
                .containsExactly(
                        EntryTypes.INFERENCE_REQUESTED,
                        EntryTypes.INFERENCE_REPLIED,
                        EntryTypes.TOOL_SELECTED,
                        EntryTypes.TOOL_RETURNED,
                        EntryTypes.INFERENCE_REQUESTED,
                        EntryTypes.INFERENCE_REPLIED);
    }

    @Test
    void journalsWhatAReceiptNeeds() {
        rig.model.says(calls(call("ledger_look", LOOK)), text("done"));

        rig.run(session);

        JsonNode requested = body(session.journal().get(0));
        assertThat(requested.path("phase").asText()).isEqualTo("PLAN");
        assertThat(requested.path("round").asText()).isEqualTo("1");
        assertThat(requested.path("provider").asText()).isEqualTo("script");
        assertThat(requested.path("label").asText()).isEqualTo("scripted model");
        assertThat(requested.path("bundle").path("symbolicName").asText()).isEqualTo("test.script");
        assertThat(requested.path("requestHash").asText()).hasSize(64);
        assertThat(requested.path("promptTemplate").asText()).startsWith("agent/2-");
        JsonNode replied = body(session.journal().get(1));
        assertThat(replied.path("responseHash").asText()).hasSize(64);
        assertThat(replied.path("tokens").path("input").asText()).isEqualTo("10");
        assertThat(replied.path("toolCalls").path(0).path("id").asText()).isEqualTo("1.0");
        JsonNode selected = body(session.journal().get(2));
        assertThat(selected.path("phase").asText()).isEqualTo("SELECT_TOOL");
        assertThat(selected.path("arguments").asText()).isEqualTo("{\"asset\":\"USDC\",\"order\":\"NEWEST\"}");
        assertThat(selected.path("argumentsHash").asText()).hasSize(64);
        assertThat(selected.path("schemaHash").asText()).hasSize(64);
        assertThat(selected.path("effect").asText()).isEqualTo("READ");
        JsonNode returned = body(session.journal().get(3));
        assertThat(returned.path("phase").asText()).isEqualTo("EXECUTE");
        assertThat(returned.path("outcome").asText()).isEqualTo("OK");
        assertThat(returned.path("result").asText())
                .isEqualTo(
                        "{\"asset\":\"USDC\",\"block\":7,\"total\":\"1234.50\",\"units\":\"100000000000000000000\"}");
        assertThat(returned.path("resultHash").asText()).hasSize(64);
    }

    @Test
    void givesTheModelGoalToolsAndNetworkAsTheContractSays() {
        rig.model.says(calls(call("ledger_look", LOOK)), text("done"));

        rig.run(session);

        ChatRequest first = rig.model.requests.get(0);
        assertThat(first.messages()).hasSize(2);
        String system = ((SystemMessage) first.messages().get(0)).text();
        assertThat(system).endsWith("\n```");
        String[] lines = system.split("\n");
        assertThat(lines[lines.length - 3]).isEqualTo("```openmcp-context");
        JsonNode context = AgentRig.json(lines[lines.length - 2]);
        assertThat(context.path("openmcp.contract").asText()).isEqualTo("1");
        assertThat(context.path("chain").path("id").asText()).isEqualTo("eip155:31337");
        assertThat(context.path("assets").path(0).path("coin").asBoolean()).isTrue();
        assertThat(context.path("assets").path(1).path("symbol").asText()).isEqualTo("USDC");
        assertThat(context.path("assets").path(1).path("decimals").asInt()).isEqualTo(6);
        assertThat(context.path("names").path("bob.eth").asText()).isEqualTo(LedgerTool.RECEIVER);
        assertThat(context.path("contracts").has("uniswap-v2.router")).isTrue();
        assertThat(((UserMessage) first.messages().get(1)).singleText()).isEqualTo("how much USDC is there?");
        ToolSpecification look = first.toolSpecifications().stream()
                .filter(tool -> tool.name().equals("ledger_look"))
                .findFirst()
                .orElseThrow();
        assertThat(look.metadata())
                .containsEntry(ToolSpecifications.EFFECT, "READ")
                .containsKey(ToolSpecifications.SCHEMA)
                .containsEntry(
                        ToolSpecifications.EXAMPLES,
                        List.of(Map.of("goal", "how much USDC is in the ledger", "arguments", "{\"asset\":\"USDC\"}")));
        assertThat(look.parameters().required()).containsExactly("asset");
        List<ChatMessage> second = rig.model.requests.get(1).messages();
        assertThat(((AiMessage) second.get(2)).toolExecutionRequests().get(0).id())
                .isEqualTo("1.0");
        ToolExecutionResultMessage told = (ToolExecutionResultMessage) second.get(3);
        assertThat(told.id()).isEqualTo("1.0");
        assertThat(told.isError()).isFalse();
        assertThat(AgentRig.json(told.text()).path("result").path("total").asText())
                .isEqualTo("1234.50");
    }

    @Test
    void mergesChainSnapshotTransactionsAndTheCallersMetadataIntoTheResult() {
        rig.transactions.records.add(FakeTransactionLog.record(session.run().id(), "1.0", TransactionState.MINED));
        rig.model.says(calls(call("ledger_pay", PAY)), text("{\"thought\":\"t\",\"reply\":\"paid\"}"));

        RunEnding ending = rig.run(session);

        JsonNode result = result(ending);
        assertThat(result.path("outcome").asText()).isEqualTo("OK");
        assertThat(result.path("reply").asText()).isEqualTo("paid");
        assertThat(result.path("chain").path("id").asText()).isEqualTo("eip155:31337");
        assertThat(result.path("chain").path("blockNumber").asLong()).isEqualTo(123);
        assertThat(ending.result().orElseThrow()).contains("\"metadata\":{\"note\":1.10}");
        assertThat(result.path("provider").asText()).isEqualTo("script");
        assertThat(result.path("label").asText()).isEqualTo("scripted model");
        assertThat(result.path("toolResults")
                        .path(0)
                        .path("result")
                        .path("blockNumber")
                        .asInt())
                .isEqualTo(101);
        assertThat(result.path("transactions").path(0).path("state").asText()).isEqualTo("MINED");
        assertThat(result.path("transactions").path(0).path("gasUsed").asText()).isEqualTo("21000");
        assertThat(result.path("observations")).isEmpty();
        assertThat(rig.chain.accesses.get("1.0").sent().get(0).value()).isEqualTo("500000000000000000");
        assertThat(rig.chain.scopes.get(0).principal()).isEqualTo("alice");
        assertThat(rig.chain.scopes.get(0).tool()).isEqualTo("ledger_pay");
    }

    @Test
    void onlyRemarksThatTheChainIsDead() {
        rig.chain.reachable = false;
        rig.model.says(text("plain words, no JSON"));

        RunEnding ending = rig.run(session);

        assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(ending.reply()).contains("plain words, no JSON");
        assertThat(ending.thought()).isEmpty();
        assertThat(result(ending).has("chain")).isFalse();
        assertThat(result(ending).path("observations").toString()).contains("connection refused");
    }

    @Test
    void worksWithoutAnyNetwork() {
        rig.networks.unbindChain(rig.chain, rig.chain.properties());
        rig.model.says(calls(call("ledger_pay", PAY)), text("cannot"));

        RunEnding ending = rig.run(session);

        assertThat(ending.errorCode()).contains("CHAIN_UNKNOWN");
        String[] system = ((SystemMessage) rig.model.requests.get(0).messages().get(0))
                .text()
                .split("\n");
        assertThat(AgentRig.json(system[system.length - 2]).has("assets")).isFalse();
    }

    @Test
    void namesTheNetworkThatTheRunWantedAndThatIsNotThere() {
        FakeSession elsewhere = new FakeSession(FakeSession.run("pay", 1, Optional.of("eip155:5"), "{}"), List.of());
        rig.model.says(calls(call("ledger_pay", PAY)), text("cannot"));

        RunEnding ending = rig.run(elsewhere);

        assertThat(ending.errorCode()).contains("CHAIN_UNKNOWN");
        assertThat(result(ending).path("observations").toString()).contains("eip155:5 was not there");
    }

    @Test
    void tellsTheModelAboutUnknownToolsAndBadArgumentsAndGoesOn() {
        rig.model.says(
                calls(call("ghost_walk", "{}")),
                calls(call("ledger_look", "{\"asset\":7}")),
                calls(call("ledger_look", LOOK)),
                text("there"));

        RunEnding ending = rig.run(session);

        assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(rig.ledger.looks).hasValue(1);
        assertThat(told(1, "1.0").path("code").asText()).isEqualTo("TOOL_UNKNOWN");
        JsonNode bad = told(2, "2.0");
        assertThat(bad.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(bad.path("code").asText()).isEqualTo("TOOL_ARGUMENTS_INVALID");
        assertThat(bad.path("detail").asText()).contains("asset");
        assertThat(rig.gate.intents)
                .as("nothing that fails its checks reaches the gate")
                .filteredOn(intent -> intent.point() == GatePoint.TOOL)
                .hasSize(1);
    }

    @Test
    void makesSeveralCallsOfAReplyInOrderAndRefusesThoseBeyondTheLimit() {
        AiMessage five = calls(
                call("ledger_look", LOOK),
                call("ledger_refuse", "{}"),
                call("ledger_look", LOOK),
                call("ledger_look", LOOK),
                call("ledger_look", LOOK));
        rig.model.says(five, text("done"));

        RunEnding ending = rig.run(session);

        assertThat(rig.ledger.looks).hasValue(3);
        assertThat(result(ending).path("toolResults")).hasSize(5);
        assertThat(told(1, "1.1").path("detail").asText()).contains("the ledger is closed");
        assertThat(told(1, "1.4").path("code").asText()).isEqualTo("TOOL_CALLS_EXCEEDED");
    }

    @Test
    void keepsADefectOfAToolInsideTheHost() {
        rig.model.says(calls(call("ledger_broken", "{}")), text("it broke"));

        RunEnding ending = rig.run(session);

        assertThat(ending.errorCode()).contains("TOOL_DEFECT");
        assertThat(ending.result().orElseThrow()).doesNotContain("shadow", "IllegalState");
        assertThat(told(1, "1.0").toString()).doesNotContain("shadow");
    }

    @Test
    void triesARetryableFailureOfTheProviderAgainAndNoOther() {
        rig.model
                .does(request -> {
                    throw HostException.of(InferenceError.INFERENCE_FAILED, "detail", "was removed");
                })
                .says(text("second try"));
        assertThat(rig.run(session).reply()).contains("second try");

        rig.model.does(request -> {
            throw HostException.of(InferenceError.INFERENCE_CONFIGURATION, "detail", "no model");
        });
        FakeSession other = new FakeSession(FakeSession.run("again", 1), List.of());
        assertThat(rig.run(other).errorCode()).contains("INFERENCE_CONFIGURATION");
    }

    @Test
    void tellsTheModelThatAToolWasRemovedInTheMeantime() {
        rig.model
                .does(request -> {
                    rig.tools.unbindTool(rig.ledger, AgentRig.service("ledger", 1));
                    return ChatResponse.builder()
                            .aiMessage(calls(call("ledger_look", LOOK)))
                            .build();
                })
                .says(text("{\"reply\":\"gone\",\"status\":\"no_tool\"}"));

        RunEnding ending = rig.run(session);

        assertThat(ending.errorCode()).contains("RUN_NO_TOOL");
        assertThat(told(1, "1.0").path("code").asText()).isEqualTo("TOOL_GONE");
        assertThat(rig.model.requests.get(1).toolSpecifications()).isEmpty();
    }

    /** What the model was told of a call when it was asked for the request with this index. */
    private JsonNode told(int request, String callId) {
        return rig.model.requests.get(request).messages().stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .map(ToolExecutionResultMessage.class::cast)
                .filter(message -> message.id().equals(callId))
                .map(message -> AgentRig.json(message.text()))
                .findFirst()
                .orElseThrow();
    }
}
