/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.agent.internal.AgentRig.body;
import static org.openmcpchain.core.agent.internal.AgentRig.result;
import static org.openmcpchain.core.agent.internal.ScriptedInference.call;
import static org.openmcpchain.core.agent.internal.ScriptedInference.calls;
import static org.openmcpchain.core.agent.internal.ScriptedInference.text;

import dev.langchain4j.data.message.AiMessage;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.RunState;
import org.openmcpchain.tool.Effect;

/** How a run ends when it does not simply reach its goal. */
@Timeout(60)
class AgentEndingsTest {

    private static final String LOOK = "{\"asset\":\"USDC\"}";
    private static final String PAY = "{\"amount\":0.5,\"receiver\":\"bob.eth\"}";

    private final AgentRig rig = new AgentRig();
    private final FakeSession session = new FakeSession(FakeSession.run("how much USDC is there?", 1), List.of());

    @Test
    void endsAFailedRunWhenTheLastCallFailedHoweverKindTheWords() {
        rig.model.says(calls(call("ledger_refuse", "{}")), text("All is well!"));

        RunEnding ending = rig.run(session);

        assertThat(ending.state()).isEqualTo(RunState.FAILED);
        assertThat(ending.errorCode()).contains("TOOL_FAILED");
        assertThat(ending.reply()).contains("All is well!");
        assertThat(result(ending).path("outcome").asText()).isEqualTo("FAILED");
    }

    @Test
    void endsADeniedToolCallAtOnceAndNamesTheRule() {
        rig.gate.rule = intent -> intent.point() == GatePoint.TOOL ? Decision.DENY : Decision.ALLOW;
        rig.model.says(calls(call("ledger_pay", PAY), call("ledger_look", LOOK)));

        RunEnding ending = rig.run(session);

        assertThat(ending.state()).isEqualTo(RunState.FAILED);
        assertThat(ending.errorCode()).contains("POLICY_DENIED");
        assertThat(ending.errorDetail().orElseThrow()).contains("test-rule", "because the test says so");
        assertThat(rig.ledger.payments).hasValue(0);
        assertThat(rig.ledger.looks).hasValue(0);
        assertThat(rig.model.requests).hasSize(1);
        assertThat(result(ending).path("outcome").asText()).isEqualTo("DENIED");
        Intent asked = rig.gate.intents.get(rig.gate.intents.size() - 1);
        assertThat(asked.subject()).isEqualTo("ledger_pay");
        assertThat(asked.callId()).contains("1.0");
        assertThat(asked.effect()).contains(Effect.TRANSACTION);
        assertThat(asked.argumentsHash()).isPresent();
    }

    @Test
    void asksNoModelThatThePolicyDenies() {
        rig.gate.rule = intent -> intent.point() == GatePoint.INFERENCE ? Decision.DENY : Decision.ALLOW;

        RunEnding ending = rig.run(session);

        assertThat(ending.errorCode()).contains("POLICY_DENIED");
        assertThat(rig.model.requests).isEmpty();
        assertThat(session.journal()).isEmpty();
    }

    @Test
    void endsARunThatNeedsApproval() {
        rig.gate.rule = intent -> intent.point() == GatePoint.TOOL ? Decision.NEEDS_APPROVAL : Decision.ALLOW;
        rig.model.says(calls(call("ledger_pay", PAY)));

        assertThat(rig.run(session).errorCode()).contains("POLICY_APPROVAL_NEEDED");
    }

    @Test
    void endsARunWhoseTransactionTheGateDenied() {
        rig.chain.outcome = new Outcome.Denied<>(new Verdict(Decision.DENY, "value-cap", "1-test", "too much", "ef"));
        rig.model.says(calls(call("ledger_pay", PAY)));

        RunEnding ending = rig.run(session);

        assertThat(ending.errorCode()).contains("POLICY_DENIED");
        assertThat(ending.errorDetail().orElseThrow()).contains("value-cap");
    }

    @Test
    void waitsForAnUnknownOutcomeWithoutSendingAgain() {
        rig.chain.unknownFirst = 1;
        rig.chain.outcome = null;
        rig.model.says(calls(call("ledger_pay", PAY)), text("paid"));
        session.halt = HostException.of(RunError.RUN_DEADLINE);
        session.haltAfterChecks = 20;

        RunEnding ending = rig.run(session);

        assertThat(ending.state()).isEqualTo(RunState.FAILED);
        assertThat(ending.errorCode()).contains("CHAIN_OUTCOME_UNKNOWN");
        assertThat(ending.errorDetail().orElseThrow()).contains("0xdead", "may still happen");
        assertThat(rig.ledger.payments.get()).isGreaterThan(1);
        assertThat(rig.chain.transactionsSent()).isEqualTo(1);
        assertThat(body(session.journal().get(3)).path("outcome").asText()).isEqualTo("UNKNOWN");
        assertThat(result(ending).path("outcome").asText()).isEqualTo("UNKNOWN");
    }

    @Test
    void goesOnOnceAnUnknownOutcomeIsSettled() {
        SettlingTool settling = new SettlingTool(3);
        rig.tools.bindTool(settling, AgentRig.service("settling", 2));
        rig.model.says(calls(call("settling_send", "{}")), text("sent"));

        RunEnding ending = rig.run(session);

        assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(settling.callIds).containsExactly("1.0", "1.0", "1.0", "1.0");
        assertThat(session.types()).filteredOn(EntryTypes.TOOL_RETURNED::equals).hasSize(1);
    }

    @Test
    void callsAnOutcomeUnknownWhenTheTimeEndsInTheMiddleOfASignedTransaction() throws InterruptedException {
        rig.transactions.records.add(FakeTransactionLog.record(session.run().id(), "1.0", TransactionState.SUBMITTED));
        rig.model.says(calls(call("ledger_slow", "{}")));
        AtomicReference<RunEnding> ending = new AtomicReference<>();
        Thread lane = new Thread(() -> ending.set(rig.run(session)));
        lane.start();
        await().until(() -> session.types().contains(EntryTypes.TOOL_SELECTED));
        session.haltAfterChecks = 0;
        session.halt = HostException.of(RunError.RUN_DEADLINE);
        lane.interrupt();
        lane.join();

        assertThat(ending.get().errorCode()).contains("CHAIN_OUTCOME_UNKNOWN");
        assertThat(result(ending.get())
                        .path("transactions")
                        .path(0)
                        .path("state")
                        .asText())
                .isEqualTo("SUBMITTED");
    }

    @Test
    void saysThatTheTimeIsOverWhenNothingWasSent() {
        session.halt = HostException.of(RunError.RUN_DEADLINE);
        session.haltAfterChecks = 1;
        rig.model.says(calls(call("ledger_look", LOOK)));

        assertThat(rig.run(session).errorCode()).contains("RUN_DEADLINE");
    }

    @Test
    void stopsAfterTheLastRound() {
        AgentRig small = new AgentRig(TestConfigs.agent().withRounds(2));
        small.model.says(calls(call("ledger_look", LOOK)), calls(call("ledger_look", LOOK)), text("too late"));

        RunEnding ending = small.run(session);

        assertThat(ending.errorCode()).contains("RUN_ROUNDS_EXHAUSTED");
        assertThat(small.model.requests).hasSize(2);
    }

    @Test
    void asksBackAndSaysThatNothingFits() {
        rig.model.says(
                text("{\"reply\":\"How much?\",\"status\":\"needs_input\",\"missing\":[\"amount\"]}"),
                text("{\"reply\":\"I cannot fly\",\"status\":\"no_tool\"}"));

        RunEnding needs = rig.run(session);
        RunEnding none = rig.run(new FakeSession(FakeSession.run("fly", 1), List.of()));

        assertThat(needs.state()).isEqualTo(RunState.FAILED);
        assertThat(needs.errorCode()).contains("RUN_NEEDS_INPUT");
        assertThat(needs.reply()).contains("How much?");
        assertThat(result(needs).path("missing").toString()).isEqualTo("[\"amount\"]");
        assertThat(none.errorCode()).contains("RUN_NO_TOOL");
        assertThat(none.reply()).contains("I cannot fly");
    }

    @Test
    void callsAnEmptyReplyInvalid() {
        rig.model.says(AiMessage.builder().text("").build());

        assertThat(rig.run(session).errorCode()).contains("INFERENCE_REPLY_INVALID");
    }

    @Test
    void letsCancellationSuspensionAndALostJournalPass() {
        rig.model.says(text("x"));
        for (RuntimeException halt : List.of(
                HostException.of(RunError.RUN_CANCELLED),
                new RunSuspendedException(),
                HostException.of(JournalError.JOURNAL_UNAVAILABLE))) {
            FakeSession stopped = new FakeSession(FakeSession.run("x", 1), List.of());
            stopped.halt = halt;
            stopped.haltAfterChecks = 0;
            assertThatThrownBy(() -> rig.run(stopped)).isSameAs(halt);
        }
    }

    @Test
    void leavesTheRunForTheNextAttemptWhenItsThreadIsInterrupted() throws InterruptedException {
        rig.model.says(calls(call("ledger_slow", "{}")));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread lane = new Thread(() -> {
            try {
                rig.run(session);
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        lane.start();
        await().until(() -> session.types().contains(EntryTypes.TOOL_SELECTED));
        lane.interrupt();
        lane.join();

        assertThat(thrown.get()).isInstanceOf(RunSuspendedException.class);
        assertThat(session.types()).doesNotContain(EntryTypes.TOOL_RETURNED);
    }

    @Test
    void endsASlowLookWithItsDeadline() {
        rig.model.says(calls(call("ledger_slow", "{}")), text("too slow"));

        assertThat(rig.run(session).errorCode()).contains("TOOL_DEADLINE");
    }
}
