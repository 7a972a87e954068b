/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Verdict;

/** In which order rules, caps and people are asked, what is written together, and what is taken back when it is not. */
class GateFlowTest {

    private static final String POLICY =
            """
            version: 1
            rules:
              - {id: no, at: INFERENCE, when: intent.subject == "no", then: DENY}
              - {id: maybe, at: INFERENCE, when: intent.subject == "maybe", then: ASK, approval: {approvers: [carol, dave]}}
              - {id: yes, at: INFERENCE, then: ALLOW}
            """;

    private final MemoryHost host = new MemoryHost();
    private final List<String> calls = new ArrayList<>();
    private final FakeReservations caps = new FakeReservations();
    private final FakeDesk desk = new FakeDesk();
    private JournaledGate gate;

    @BeforeEach
    void start() {
        PolicyVersions versions = new PolicyVersions(new StartingSettings(), host);
        versions.update(1, PolicyReader.read(POLICY), "root");
        gate = new JournaledGate(versions, host, caps, desk);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void reservesWhatIsAllowedAndWritesBothTogether() {
        Verdict verdict = gate.decide(Intents.inference("yes", "m"));

        assertThat(verdict.isAllowed()).isTrue();
        assertThat(calls)
                .containsExactly("hold", "reserve", "without", "with ALLOW", "commit desk", "commit caps", "close");
        assertThat(host.entries("run/r1"))
                .extracting(JournalEntry::type)
                .containsExactly("approval.closed", "ledger.changed", "gate.verdict");
        assertThat(host.entries("run/r1").get(2).body()).contains("\"caps\":[{\"blown\":false,\"cap\":\"c\"");
    }

    @Test
    void neverReservesWhatTheRulesDeny() {
        assertThat(gate.decide(Intents.inference("no", "m")).ruleId()).isEqualTo("no");

        assertThat(calls).containsExactly("hold", "refused", "without", "commit caps", "commit desk", "close");
    }

    @Test
    void deniesWhatExceedsACapAndGivesItBack() {
        caps.refusals = List.of(new Reserved.Refusal(cap(Decision.DENY, ApprovalTerms.STANDARD), "too much"));

        Verdict verdict = gate.decide(Intents.inference("maybe", "m"));

        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
        assertThat(verdict.ruleId()).isEqualTo("cap:c");
        assertThat(calls).contains("with DENY").doesNotContain("ask");
    }

    @Test
    void asksWhenACapAsks() {
        caps.refusals = List.of(new Reserved.Refusal(cap(Decision.NEEDS_APPROVAL, terms(List.of("erin"), 1)), "much"));

        Verdict verdict = gate.decide(Intents.inference("yes", "m"));

        assertThat(verdict.decision()).isEqualTo(Decision.NEEDS_APPROVAL);
        assertThat(verdict.approval()).isEqualTo("a1");
        assertThat(desk.asked.rule()).isEqualTo("cap:c");
        assertThat(desk.asked.approval().approvers()).containsExactly("erin");
        assertThat(calls).contains("ask", "with NEEDS_APPROVAL").doesNotContain("without");
        assertThat(host.entries("run/r1").get(2).body())
                .contains("\"approval\":\"a1\"")
                .contains("\"ruling\":{\"decision\":\"ALLOW\",\"rule\":\"yes\"}");
    }

    @Test
    void asksUnderTheStricterTermsWhenRuleAndCapAsk() {
        caps.refusals =
                List.of(new Reserved.Refusal(cap(Decision.NEEDS_APPROVAL, terms(List.of("dave", "erin"), 2)), "much"));

        gate.decide(Intents.inference("maybe", "m"));

        assertThat(desk.asked.approval().approvers()).containsExactly("dave");
        assertThat(desk.asked.approval().quorum()).isEqualTo(2);
        assertThat(desk.asked.approval().expires()).isEqualTo(Duration.ofMinutes(5));
        assertThat(desk.asked.approval().otherThanRequester()).isTrue();
    }

    @Test
    void deniesWhenRuleAndCapHaveNoApproverInCommon() {
        caps.refusals = List.of(new Reserved.Refusal(cap(Decision.NEEDS_APPROVAL, terms(List.of("erin"), 1)), "much"));

        Verdict verdict = gate.decide(Intents.inference("maybe", "m"));

        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
        assertThat(verdict.reason()).contains("no approver in common");
        assertThat(calls).contains("with DENY");
    }

    @Test
    void takesEverythingBackWhenItCannotBeWritten() {
        host.breakDown(true);

        assertThatThrownBy(() -> gate.decide(Intents.inference("yes", "m"))).isInstanceOf(HostException.class);

        assertThat(calls)
                .containsExactly("hold", "reserve", "without", "with ALLOW", "rollback caps", "rollback desk", "close");
    }

    @Test
    void takesTheReservationBackWhenTheDeskBreaks() {
        desk.broken = true;

        assertThatThrownBy(() -> gate.decide(Intents.inference("maybe", "m")))
                .isInstanceOf(IllegalStateException.class);

        assertThat(calls).containsExactly("hold", "reserve", "cancel", "close");
        assertThat(host.journal().streams("run/", 10)).isEmpty();
    }

    @Test
    void tellsEveryPartEvenWhenOneBreaksItsPromise() {
        desk.commitBreaks = true;

        assertThat(gate.decide(Intents.inference("yes", "m")).isAllowed()).isTrue();
        assertThat(calls).contains("commit caps");
    }

    private static ApprovalTerms terms(List<String> approvers, int quorum) {
        return new ApprovalTerms(approvers, quorum, Duration.ofMinutes(5), Decision.ALLOW, true);
    }

    private static CapRule cap(Decision then, ApprovalTerms terms) {
        return new CapRule(
                "c",
                "count",
                BigInteger.ONE,
                CapRule.Per.ALL,
                Optional.empty(),
                Set.of(GatePoint.INFERENCE),
                Condition.ALWAYS,
                false,
                then,
                terms);
    }

    private final class FakeReservations implements Reservations {

        private List<Reserved.Refusal> refusals = List.of();

        @Override
        public DecisionLocks.Held hold(GateQuestion question) {
            calls.add("hold");
            return () -> calls.add("close");
        }

        @Override
        public Reserved reserve(GateQuestion question) {
            calls.add("reserve");
            return new Reserved() {
                @Override
                public List<Refusal> refusals() {
                    return refusals;
                }

                @Override
                public List<CapUsage> usage() {
                    return List.of(new CapUsage("c", "*", "count", "1", "1", "0", Optional.empty(), false));
                }

                @Override
                public Consequence with(Decision decision) {
                    calls.add("with " + decision);
                    return consequence("caps", "ledger.changed");
                }

                @Override
                public void cancel() {
                    calls.add("cancel");
                }
            };
        }

        @Override
        public Consequence refused(GateQuestion question) {
            calls.add("refused");
            return consequence("caps", "ledger.changed");
        }
    }

    private final class FakeDesk implements ApprovalDesk {

        private Ruling asked;
        private boolean broken;
        private boolean commitBreaks;

        @Override
        public Answer ask(GateQuestion question, Ruling ruling) {
            if (broken) {
                throw new IllegalStateException("broken on purpose");
            }
            calls.add("ask");
            asked = ruling;
            return new Answer(
                    Decision.NEEDS_APPROVAL,
                    ruling.rule(),
                    ruling.reason(),
                    "a1",
                    consequence("desk", "approval.requested"));
        }

        @Override
        public Consequence decidedWithout(GateQuestion question) {
            calls.add("without");
            return commitBreaks
                    ? Consequence.of(
                            List.of(),
                            List.of(),
                            () -> {
                                throw new IllegalStateException("broken on purpose");
                            },
                            () -> {})
                    : consequence("desk", "approval.closed");
        }
    }

    private Consequence consequence(String name, String type) {
        return Consequence.of(
                List.of(new EntryDraft("run/r1", type, Map.of())),
                List.of(),
                () -> calls.add("commit " + name),
                () -> calls.add("rollback " + name));
    }
}
