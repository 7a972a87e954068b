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

import dev.langchain4j.model.chat.response.ChatResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Verdict;

/** The gate sees whole intents, the ledgers learn what they cost, and the same replies give the same intents (F002). */
@Timeout(60)
class IntentsTest {

    private static final String GOAL = "look, and pay bob half an ether";
    private static final String LOOK = "{\"asset\":\"USDC\"}";
    private static final String PAY = "{\"receiver\":\"bob.eth\",\"amount\":0.5}";
    private static final String SESSION = "default/agent/main";

    private final AgentRig rig = new AgentRig();
    private final FakeLedgers ledgers = new FakeLedgers();
    private final FakeSession session = session(1, List.of());

    @Test
    void bringsWholeIntentsBeforeTheGate() {
        rig.model.says(calls(call("ledger_pay", PAY)), text("paid"));

        rig.run(session);

        Intent question = rig.gate.intents.get(0);
        assertThat(question.point()).isEqualTo(GatePoint.INFERENCE);
        assertThat(question.key()).contains(session.run().id() + "/round/1");
        assertThat(question.session()).contains(SESSION);
        InferenceFacts facts = question.inference().orElseThrow();
        assertThat(facts.provider()).isEqualTo("script");
        assertThat(facts.round()).isEqualTo(1);
        assertThat(facts.outputTokens()).isEqualTo(4_096);
        long words = rig.model.requests.get(0).messages().stream()
                .mapToLong(message -> message.toString().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(facts.inputTokens()).as("as many tokens as bytes").isGreaterThan(words / 2);
        Intent payment = rig.gate.intents.get(1);
        assertThat(payment.point()).isEqualTo(GatePoint.TOOL);
        assertThat(payment.key()).contains(session.run().id() + "/1.0");
        assertThat(payment.session()).contains(SESSION);
        assertThat(payment.arguments()).contains("{\"amount\":\"0.5\",\"receiver\":\"bob.eth\",\"tolerance\":\"0.5\"}");
        assertThat(rig.chain.scopes.get(0).session()).isEqualTo(SESSION);
        assertThat(rig.gate.intents.get(2).inference().orElseThrow().inputTokens())
                .as("each round asks more")
                .isGreaterThan(facts.inputTokens());
    }

    @Test
    void settlesWhatWasUsedAndAgainAfterARestart() {
        rig.agent.bindLedgers(ledgers);
        rig.model.says(calls(call("ledger_look", LOOK)), text("done"));

        rig.run(session);

        String run = session.run().id();
        assertThat(ledgers.told)
                .containsExactly(
                        "settle " + run + "/round/1 10+5",
                        "settle " + run + "/1.0 0+0",
                        "settle " + run + "/round/2 10+5");
        ledgers.told.clear();
        rig.model.says(text("done"));
        rig.run(session(2, session.journal().subList(0, 2)));
        assertThat(ledgers.told).startsWith("settle " + run + "/round/1 10+5");
    }

    @Test
    void takesAProviderThatSaysNothingToHaveUsedAllThatWasReserved() {
        rig.agent.bindLedgers(ledgers);
        rig.model.does(request -> ChatResponse.builder().aiMessage(text("done")).build());

        rig.run(session);

        InferenceFacts facts = rig.gate.intents.get(0).inference().orElseThrow();
        assertThat(ledgers.told)
                .containsExactly("settle " + session.run().id() + "/round/1 " + facts.inputTokens() + "+4096");
    }

    @Test
    void givesBackWhatAFailedQuestionReservedUnlessItMayHaveCost() {
        rig.agent.bindLedgers(ledgers);
        fail(InferenceError.INFERENCE_FAILED, InferenceError.INFERENCE_FAILED);
        rig.run(session);
        assertThat(ledgers.told).containsExactly(released(), released());

        ledgers.told.clear();
        fail(InferenceError.INFERENCE_DEADLINE, InferenceError.INFERENCE_LOST);
        rig.run(session(1, List.of()));
        assertThat(ledgers.told).as("both may have been paid").containsExactly(lost(), lost());
    }

    @Test
    void countsEveryQuestionOfARoundThatMayHaveCost() {
        rig.agent.bindLedgers(ledgers);
        List<Integer> toldBefore = new ArrayList<>();
        rig.gate.judge = intent -> {
            toldBefore.add(ledgers.told.size());
            return new Verdict(Decision.ALLOW, "test-rule", "1-test", "because the test says so", "cd");
        };
        fail(InferenceError.INFERENCE_DEADLINE);
        rig.model.says(text("done"));
        rig.run(session);
        assertThat(ledgers.told).containsExactly(lost(), answered());
        assertThat(toldBefore)
                .as("before the next verdict replaces the reservation")
                .containsExactly(0, 1);

        ledgers.told.clear();
        fail(InferenceError.INFERENCE_DEADLINE, InferenceError.INFERENCE_FAILED);
        rig.run(session(1, List.of()));
        assertThat(ledgers.told)
                .as("the failure of the second does not make the first free")
                .containsExactly(lost(), released());
    }

    @Test
    void countsAQuestionWhoseAnswerWasLostWithTheHost() {
        rig.agent.bindLedgers(ledgers);
        rig.model.says(text("done"), text("done again"));
        FakeSession killed = session(1, List.of()).dyingAfter(1);
        assertThatThrownBy(() -> rig.run(killed)).isInstanceOf(FakeSession.Killed.class);
        assertThat(rig.model.requests).hasSize(1);

        FakeSession next = session(2, killed.journal());
        rig.run(next);
        assertThat(ledgers.told).containsExactly(lost(), answered());

        ledgers.told.clear();
        rig.run(session(3, next.journal()));
        assertThat(ledgers.told).as("everything is known now").containsExactly(answered());
    }

    @Test
    void leavesAReservationAloneThatPeopleAreStillAskedAbout() {
        rig.agent.bindLedgers(ledgers);
        FakeSession before = session(1, List.of());
        before.record(EntryTypes.GATE_VERDICT, Map.of("point", GatePoint.INFERENCE, "decision", Decision.ALLOW));
        before.record(EntryTypes.INFERENCE_REQUESTED, Map.of("round", 1));
        before.record(EntryTypes.GATE_VERDICT, Map.of("point", GatePoint.SIGN, "decision", Decision.ALLOW));
        List<JournalEntry> lost = before.journal();
        before.record(
                EntryTypes.GATE_VERDICT, Map.of("point", GatePoint.INFERENCE, "decision", Decision.NEEDS_APPROVAL));
        rig.model.says(text("done"), text("done"));

        rig.run(session(2, before.journal()));
        assertThat(ledgers.told)
                .as("the question that came before was counted before")
                .containsExactly(answered());
        ledgers.told.clear();
        rig.run(session(2, lost));
        assertThat(ledgers.told).containsExactly(lost(), answered());
    }

    @Test
    void decidesByteForByteTheSameOnTheSameReplies() {
        FakeSession first = session(1, List.of());
        FakeSession second = session(1, List.of());
        AgentRig other = new AgentRig();
        for (AgentRig each : List.of(rig, other)) {
            each.model.says(calls(call("ledger_look", LOOK), call("ghost_walk", "{}")), calls(call("ledger_pay", PAY)));
            each.model.says(text("{\"thought\":\"done\",\"reply\":\"paid\"}"));
        }

        String result = rig.run(first).result().orElseThrow();
        String again = other.run(second).result().orElseThrow();

        assertThat(bodies(second)).isEqualTo(bodies(first)).hasSize(11);
        assertThat(again).isEqualTo(result);
        assertThat(described(other)).isEqualTo(described(rig)).hasSize(5);
    }

    private void fail(InferenceError... errors) {
        for (InferenceError error : errors) {
            rig.model.does(request -> {
                throw HostException.of(error);
            });
        }
    }

    private String lost() {
        return "settle " + session.run().id() + "/round/1 0+0";
    }

    private String answered() {
        return "settle " + session.run().id() + "/round/1 10+5";
    }

    private String released() {
        return "release " + session.run().id() + "/round/1 INFERENCE_FAILED";
    }

    private static List<String> bodies(FakeSession session) {
        return session.journal().stream().map(JournalEntry::body).toList();
    }

    private static List<String> described(AgentRig rig) {
        return rig.gate.intents.stream()
                .map(intent -> String.join(
                        " ",
                        intent.point().name(),
                        intent.subject(),
                        intent.key().orElseThrow(),
                        intent.arguments().orElse(""),
                        intent.argumentsHash().orElseThrow(),
                        intent.inference().toString()))
                .toList();
    }

    private static FakeSession session(int attempts, List<JournalEntry> history) {
        return new FakeSession(FakeSession.run(GOAL, attempts, Optional.empty(), Optional.of(SESSION), "{}"), history);
    }
}
