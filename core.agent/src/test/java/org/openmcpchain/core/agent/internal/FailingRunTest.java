/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.agent.internal.AgentRig.result;
import static org.openmcpchain.core.agent.internal.ScriptedInference.call;
import static org.openmcpchain.core.agent.internal.ScriptedInference.calls;
import static org.openmcpchain.core.agent.internal.ScriptedInference.text;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.RunState;

/** What may pass is tried again by the engine; what does not pass still leaves what was found (F317, X02). */
@Timeout(60)
class FailingRunTest {

    private static final String GOAL = "look and pay";
    private static final String LOOK = "{\"asset\":\"USDC\"}";
    private static final String PAY = "{\"amount\":\"0.5\",\"receiver\":\"bob.eth\"}";

    private final AgentRig rig = new AgentRig();
    private final FakeSession session = new FakeSession(FakeSession.run(GOAL, 1), List.of());

    @Test
    void leavesAnInferenceThatIsDownToTheEngineWhileThereIsATryLeft() {
        session.retriesLeft = 1;
        down(InferenceError.INFERENCE_FAILED);

        assertThatThrownBy(() -> rig.run(session)).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(InferenceError.INFERENCE_FAILED));

        FakeSession next = new FakeSession(FakeSession.run(GOAL, 2), session.journal());
        rig.model.says(text("up again"));
        assertThat(rig.run(next).reply()).contains("up again");
    }

    @Test
    void endsWithWhatWasFoundWhenNoTryIsLeft() {
        rig.model.says(calls(call("ledger_look", LOOK)));
        down(InferenceError.INFERENCE_FAILED);

        RunEnding ending = rig.run(session);

        assertThat(ending.state()).isEqualTo(RunState.FAILED);
        assertThat(ending.errorCode()).contains("INFERENCE_FAILED");
        assertThat(result(ending).path("degraded").asBoolean()).isTrue();
        assertThat(result(ending).path("outcome").asText()).isEqualTo("FAILED");
        assertThat(result(ending)
                        .path("toolResults")
                        .path(0)
                        .path("result")
                        .path("total")
                        .asText())
                .isEqualTo("1234.50");
        assertThat(ending.reply().orElseThrow()).contains("was not reached", "ledger_look", "1234.50");
        assertThat(result(ending).path("reply").asText())
                .isEqualTo(ending.reply().orElseThrow());
    }

    @Test
    void keepsTheModelsWordsAboutAFailureAndMarksTheResult() {
        rig.model.says(calls(call("ledger_look", LOOK)), calls(call("ledger_refuse", "{}")), text("It is closed."));

        RunEnding ending = rig.run(session);

        assertThat(ending.errorCode()).contains("TOOL_FAILED");
        assertThat(ending.reply()).contains("It is closed.");
        assertThat(result(ending).path("degraded").asBoolean()).isTrue();
    }

    @Test
    void marksNothingWhenNothingWasFoundOrTheGoalWasReached() {
        rig.model.says(calls(call("ledger_refuse", "{}")), text("closed"));
        RunEnding failed = rig.run(session);
        rig.model.says(calls(call("ledger_look", LOOK)), text("there"));
        RunEnding reached = rig.run(new FakeSession(FakeSession.run(GOAL, 1), List.of()));

        assertThat(result(failed).has("degraded")).isFalse();
        assertThat(failed.reply()).contains("closed");
        assertThat(result(reached).has("degraded")).isFalse();
    }

    @Test
    void neverTriesAgainWhatWillNotPass() {
        session.retriesLeft = 3;
        rig.model.does(request -> {
            throw HostException.of(InferenceError.INFERENCE_CONFIGURATION, "detail", "no model");
        });

        assertThat(rig.run(session).errorCode()).contains("INFERENCE_CONFIGURATION");
    }

    @Test
    void makesACallAgainUnderItsIdWhenTheNodeWasAway() {
        session.retriesLeft = 1;
        rig.chain.outcome = new Outcome.Failed<>("CHAIN_UNREACHABLE", true, "connection refused", Map.of());
        rig.model.says(calls(call("ledger_pay", PAY)), text("paid"));

        assertThatThrownBy(() -> rig.run(session)).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(ChainError.CHAIN_UNREACHABLE));
        assertThat(session.types()).endsWith(EntryTypes.TOOL_SELECTED);

        rig.chain.accesses.clear();
        rig.chain.outcome = new FakeChain().outcome;
        RunEnding ending = rig.run(new FakeSession(FakeSession.run(GOAL, 2), session.journal()));
        assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(rig.chain.scopes).extracting("callId").containsOnly("1.0");
        assertThat(rig.model.requests).hasSize(2);
    }

    @Test
    void tellsTheModelThatTheNodeIsAwayWhenNoTryIsLeft() {
        rig.chain.outcome = new Outcome.Failed<>("CHAIN_UNREACHABLE", true, "connection refused", Map.of());
        rig.model.says(calls(call("ledger_pay", PAY)), text("The node does not answer."));

        RunEnding ending = rig.run(session);

        assertThat(ending.errorCode()).contains("CHAIN_UNREACHABLE");
        assertThat(ending.reply()).contains("The node does not answer.");
    }

    private void down(InferenceError error) {
        for (int i = 0; i < 2; i++) {
            rig.model.does(request -> {
                throw HostException.of(error, "detail", "it is down");
            });
        }
    }
}
