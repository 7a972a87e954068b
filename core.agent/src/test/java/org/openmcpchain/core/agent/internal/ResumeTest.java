/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.agent.internal.ScriptedInference.call;
import static org.openmcpchain.core.agent.internal.ScriptedInference.calls;
import static org.openmcpchain.core.agent.internal.ScriptedInference.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.AiMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.run.RunState;

/** A host that is killed at any entry of the journal continues the run to the same end. */
@Timeout(120)
class ResumeTest {

    private static final String GOAL = "look, pay bob half an ether, and look again";
    private static final String LOOK = "{\"asset\":\"USDC\"}";
    private static final String PAY = "{\"amount\":\"0.5\",\"receiver\":\"bob.eth\"}";

    private static final List<AiMessage> LINES = List.of(
            calls(call("ledger_look", LOOK), call("ghost_walk", "{}")),
            AiMessage.builder()
                    .text("now I pay")
                    .thinking("half an ether")
                    .toolExecutionRequests(List.of(call("ledger_pay", PAY)))
                    .build(),
            calls(call("ledger_look", "{\"asset\":7}"), call("ledger_look", LOOK)),
            text("{\"thought\":\"all done\",\"reply\":\"paid bob\"}"));

    private static final int ENTRIES = 16;

    static IntStream cuts() {
        return IntStream.range(0, ENTRIES);
    }

    @Test
    void recordsAsManyEntriesAsAreCutBelow() {
        AgentRig rig = new AgentRig();
        rig.model.says(LINES.toArray(AiMessage[]::new));
        FakeSession session = new FakeSession(FakeSession.run(GOAL, 1), List.of());

        assertThat(rig.run(session).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(session.journal()).hasSize(ENTRIES);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void endsTheSameAfterAKillAtAnyEntry(int survivors) {
        RunEnding undisturbed = undisturbed();
        AgentRig rig = new AgentRig(); // the chain outlives the host
        rig.model.says(LINES.toArray(AiMessage[]::new));
        FakeSession first = new FakeSession(FakeSession.run(GOAL, 1), List.of()).dyingAfter(survivors);
        assertThatThrownBy(() -> rig.run(first)).isInstanceOf(FakeSession.Killed.class);
        int lost = repliesAsked(rig) - replies(first.journal());
        assertThat(lost).as("a reply that did not reach the disk").isBetween(0, 1);

        ScriptedInference again = new ScriptedInference();
        again.says(LINES.subList(replies(first.journal()), LINES.size()).toArray(AiMessage[]::new));
        FakeSession second = new FakeSession(FakeSession.run(GOAL, 2), first.journal());
        RunEnding resumed = executor(rig, again).execute(second);

        assertThat(comparable(resumed)).isEqualTo(comparable(undisturbed));
        assertThat(again.requests)
                .as("no journaled reply is asked for again")
                .hasSize(LINES.size() - replies(first.journal()));
        assertThat(rig.chain.transactionsSent()).as("one payment").isEqualTo(1);
        assertThat(rig.chain.scopes).extracting(CallScope::callId).containsOnly("2.0");
        if (contains(first.journal(), EntryTypes.TOOL_RETURNED, "2.0")) {
            assertThat(rig.ledger.payments)
                    .as("a journaled result is not computed again")
                    .hasValue(1);
        }
        assertThat(stepsOnce(second.journal())).isTrue();
    }

    @Test
    void survivesAKillAfterEveryFurtherEntry() {
        AgentRig rig = new AgentRig();
        List<JournalEntry> journal = List.of();
        RunEnding ending = null;
        int attempts = 0;
        while (ending == null) {
            attempts++;
            ScriptedInference model = new ScriptedInference();
            model.says(LINES.subList(replies(journal), LINES.size()).toArray(AiMessage[]::new));
            FakeSession session = new FakeSession(FakeSession.run(GOAL, attempts), journal).dyingAfter(2);
            try {
                ending = executor(rig, model).execute(session);
            } catch (FakeSession.Killed e) {
                journal = session.journal();
            }
        }

        assertThat(attempts).isGreaterThan(6);
        assertThat(comparable(ending)).isEqualTo(comparable(undisturbed()));
        assertThat(rig.chain.transactionsSent()).isEqualTo(1);
    }

    @Test
    void remembersADenialAcrossARestart() {
        AgentRig rig = new AgentRig();
        rig.gate.rule = intent -> intent.point() == GatePoint.TOOL ? Decision.DENY : Decision.ALLOW;
        rig.model.says(calls(call("ledger_pay", PAY)));
        FakeSession first = new FakeSession(FakeSession.run(GOAL, 1), List.of());
        RunEnding denied = rig.run(first);
        rig.gate.rule = intent -> Decision.ALLOW;

        RunEnding resumed = executor(rig, new ScriptedInference())
                .execute(new FakeSession(FakeSession.run(GOAL, 2), first.journal()));

        assertThat(resumed.errorCode()).contains("POLICY_DENIED");
        assertThat(resumed.errorDetail()).isEqualTo(denied.errorDetail());
        assertThat(rig.ledger.payments).hasValue(0);
    }

    @Test
    void waitsForTheToolOfACallThatWasBegun() throws Exception {
        AgentRig rig = new AgentRig();
        rig.model.says(LINES.toArray(AiMessage[]::new));
        FakeSession first = new FakeSession(FakeSession.run(GOAL, 1), List.of()).dyingAfter(8);
        assertThatThrownBy(() -> rig.run(first)).isInstanceOf(FakeSession.Killed.class);
        rig.tools.unbindTool(rig.ledger, AgentRig.service("ledger", 1));
        ScriptedInference again = new ScriptedInference();
        again.says(LINES.subList(replies(first.journal()), LINES.size()).toArray(AiMessage[]::new));
        AgentExecutor patient = new AgentExecutor(
                AgentRig.startedFramework(),
                again,
                rig.tools,
                rig.networks,
                rig.gate,
                rig.transactions,
                new TestConfigs.Agent(8, 4, "PT10S", 2, "PT1S", "", "PT30S", "PT0.01S", 8_000, 4_096));
        var resumed = java.util.concurrent.CompletableFuture.supplyAsync(
                () -> patient.execute(new FakeSession(FakeSession.run(GOAL, 2), first.journal())));

        rig.tools.bindTool(rig.ledger, AgentRig.service("ledger", 2));

        assertThat(resumed.get().state()).isEqualTo(RunState.SUCCEEDED);
    }

    private static RunEnding undisturbed() {
        AgentRig rig = new AgentRig();
        rig.model.says(LINES.toArray(AiMessage[]::new));
        return rig.run(new FakeSession(FakeSession.run(GOAL, 1), List.of()));
    }

    private static AgentExecutor executor(AgentRig rig, ScriptedInference model) {
        return new AgentExecutor(
                AgentRig.startedFramework(),
                model,
                rig.tools,
                rig.networks,
                rig.gate,
                rig.transactions,
                TestConfigs.agent());
    }

    /** Everything that people see, but for the remark that it was continued. */
    private static Map<String, String> comparable(RunEnding ending) {
        Map<String, String> parts = new TreeMap<>();
        JsonNode result = AgentRig.result(ending);
        ((ObjectNode) result).remove("observations");
        parts.put("result", result.toString());
        parts.put("state", ending.state().name());
        parts.put("reply", ending.reply().orElse(""));
        parts.put("thought", ending.thought().orElse(""));
        parts.put("error", ending.errorCode().orElse(""));
        parts.put("provider", ending.provider().orElse(""));
        return parts;
    }

    private static int repliesAsked(AgentRig rig) {
        return rig.model.requests.size();
    }

    private static int replies(List<JournalEntry> journal) {
        return (int) journal.stream()
                .filter(entry -> entry.type().equals(EntryTypes.INFERENCE_REPLIED))
                .count();
    }

    private static boolean contains(List<JournalEntry> journal, String type, String callId) {
        return journal.stream()
                .anyMatch(entry -> entry.type().equals(type)
                        && AgentRig.body(entry).path("callId").asText().equals(callId));
    }

    /** Every reply, choice and result stands in the journal exactly once. */
    private static boolean stepsOnce(List<JournalEntry> journal) {
        List<String> steps = new ArrayList<>();
        for (JournalEntry entry : journal) {
            if (!entry.type().equals(EntryTypes.INFERENCE_REQUESTED)) {
                JsonNode body = AgentRig.body(entry);
                steps.add(entry.type()
                        + body.path("callId").asText()
                        + body.path("round").asText());
            }
        }
        return steps.size() == steps.stream().distinct().count();
    }
}
