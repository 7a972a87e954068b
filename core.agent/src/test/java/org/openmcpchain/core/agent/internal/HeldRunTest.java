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

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunHeldException;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.RunState;

/** A run that waits for people holds no thread, repeats nothing, and goes on where it was. */
@Timeout(60)
class HeldRunTest {

    private static final String GOAL = "look, and pay bob half an ether";
    private static final String LOOK = "{\"asset\":\"USDC\"}";
    private static final String PAY = "{\"amount\":\"0.5\",\"receiver\":\"bob.eth\"}";

    private final AgentRig rig = new AgentRig();
    private final FakeSession first = new FakeSession(FakeSession.run(GOAL, 1), List.of());

    @Test
    void endsTheAttemptWithoutAResultWhenACallIsHeld() {
        rig.gate.judge = asksAt(GatePoint.TOOL, "ledger_pay");
        rig.model.says(calls(call("ledger_look", LOOK), call("ledger_pay", PAY), call("ledger_look", LOOK)));

        assertThatThrownBy(() -> rig.run(first))
                .isInstanceOfSatisfying(RunHeldException.class, held -> assertThat(held.approval())
                        .isEqualTo("approval-1"));

        assertThat(first.types())
                .containsExactly(
                        EntryTypes.INFERENCE_REQUESTED,
                        EntryTypes.INFERENCE_REPLIED,
                        EntryTypes.TOOL_SELECTED,
                        EntryTypes.TOOL_RETURNED,
                        EntryTypes.TOOL_SELECTED);
        assertThat(rig.ledger.payments).hasValue(0);
    }

    @Test
    void goesOnWithTheSameCallOnceItIsApproved() {
        rig.gate.judge = asksAt(GatePoint.TOOL, "ledger_pay");
        rig.model.says(
                calls(call("ledger_look", LOOK), call("ledger_pay", PAY), call("ledger_look", LOOK)), text("paid"));
        assertThatThrownBy(() -> rig.run(first)).isInstanceOf(RunHeldException.class);
        Intent asked = rig.gate.intents.get(rig.gate.intents.size() - 1);
        rig.gate.judge = null;

        FakeSession second = new FakeSession(FakeSession.run(GOAL, 2), first.journal());
        RunEnding ending = rig.run(second);

        Intent again = rig.gate.intents.get(asked == null ? 0 : rig.gate.intents.indexOf(asked) + 1);
        assertThat(again.key()).isEqualTo(asked.key()).contains(second.run().id() + "/1.1");
        assertThat(again.arguments()).isEqualTo(asked.arguments());
        assertThat(again.argumentsHash()).isEqualTo(asked.argumentsHash());
        assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(rig.ledger.payments).hasValue(1);
        assertThat(rig.ledger.looks)
                .as("the finished call of the batch is not repeated")
                .hasValue(2);
        assertThat(second.types()).filteredOn(EntryTypes.TOOL_SELECTED::equals).hasSize(3);
        assertThat(second.types()).filteredOn(EntryTypes.TOOL_RETURNED::equals).hasSize(3);
    }

    @Test
    void survivesAnyNumberOfAttemptsWhilePeopleHaveNotDecided() {
        rig.gate.judge = asksAt(GatePoint.TOOL, "ledger_pay");
        rig.model.says(calls(call("ledger_pay", PAY)));
        FakeSession session = first;
        for (int attempt = 2; attempt < 6; attempt++) {
            FakeSession now = session;
            assertThatThrownBy(() -> rig.run(now)).isInstanceOf(RunHeldException.class);
            session = new FakeSession(FakeSession.run(GOAL, attempt), now.journal());
        }

        assertThat(session.journal()).hasSize(3);
        assertThat(rig.model.requests).hasSize(1);
    }

    @Test
    void endsWithThePersonsReasonWhenItIsRejected() {
        rig.gate.judge = intent -> intent.point() == GatePoint.TOOL
                ? new Verdict(Decision.DENY, "big-payments:rejected", "7-ab", "bob: not this month", "cd", "approval-1")
                : verdict(Decision.ALLOW, null);
        rig.model.says(calls(call("ledger_pay", PAY)));

        RunEnding ending = rig.run(first);

        assertThat(ending.state()).isEqualTo(RunState.FAILED);
        assertThat(ending.errorCode()).contains("APPROVAL_REJECTED");
        assertThat(ending.errorDetail().orElseThrow()).contains("not this month");
        RunEnding replayed = rig.agent.execute(new FakeSession(FakeSession.run(GOAL, 2), first.journal()));
        assertThat(replayed.errorCode()).contains("APPROVAL_REJECTED");
        assertThat(replayed.errorDetail()).isEqualTo(ending.errorDetail());
    }

    @Test
    void holdsAQuestionToAModelBeforeItIsAsked() {
        rig.gate.judge = asksAt(GatePoint.INFERENCE, "script");
        rig.model.says(text("answered"));

        assertThatThrownBy(() -> rig.run(first)).isInstanceOf(RunHeldException.class);
        assertThat(first.journal()).isEmpty();
        assertThat(rig.model.requests).isEmpty();
        Intent asked = rig.gate.intents.get(0);

        rig.gate.judge = null;
        RunEnding ending = rig.run(new FakeSession(FakeSession.run(GOAL, 2), first.journal()));

        assertThat(ending.reply()).contains("answered");
        assertThat(rig.gate.intents.get(1).key())
                .isEqualTo(asked.key())
                .contains(first.run().id() + "/round/1");
        assertThat(rig.gate.intents.get(1).argumentsHash()).isEqualTo(asked.argumentsHash());
        assertThat(rig.gate.intents.get(1).inference()).isEqualTo(asked.inference());
    }

    @Test
    void holdsACallWhoseTransactionWaitsForPeople() {
        rig.chain.outcome = new Outcome.NeedsApproval<>(verdict(Decision.NEEDS_APPROVAL, "approval-9"));
        rig.model.says(calls(call("ledger_pay", PAY)), text("paid"));

        assertThatThrownBy(() -> rig.run(first))
                .isInstanceOfSatisfying(RunHeldException.class, held -> assertThat(held.approval())
                        .isEqualTo("approval-9"));

        assertThat(first.types()).doesNotContain(EntryTypes.TOOL_RETURNED);
        rig.chain.accesses.clear();
        rig.chain.outcome = new FakeChain().outcome;
        RunEnding ending = rig.run(new FakeSession(FakeSession.run(GOAL, 2), first.journal()));
        assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(rig.chain.scopes).extracting("callId").containsOnly("1.0");
    }

    @Test
    void doesNotWaitForAnApprovalThatAToolMadeUp() {
        String invented = "x".repeat(2_000_000);
        rig.chain.outcome = new Outcome.NeedsApproval<>(
                new Verdict(Decision.NEEDS_APPROVAL, invented, null, invented, invented, invented));
        rig.model.says(calls(call("ledger_pay", PAY)));

        assertThat(rig.run(first).errorCode()).contains("POLICY_APPROVAL_NEEDED");
    }

    private static Function<Intent, Verdict> asksAt(GatePoint point, String subject) {
        return intent -> intent.point() == point && intent.subject().equals(subject)
                ? verdict(Decision.NEEDS_APPROVAL, "approval-1")
                : verdict(Decision.ALLOW, null);
    }

    private static Verdict verdict(Decision decision, String approval) {
        return new Verdict(decision, "big-payments", "7-ab", "people decide on this", "cd", approval);
    }
}
