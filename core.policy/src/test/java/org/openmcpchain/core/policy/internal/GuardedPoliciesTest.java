/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Policies;
import org.openmcpchain.policy.Policies.Scope;
import org.openmcpchain.policy.PolicyDocument;

class GuardedPoliciesTest {

    private static final String OPEN =
            """
            version: 1
            rules:
              - {id: all, at: [INFERENCE, CONFIGURE], then: ALLOW}
            """;
    private static final String NO_OPENAI =
            """
            version: 1
            rules:
              - {id: not-openai, at: INFERENCE, when: intent.subject == "openai", then: DENY, reason: "no {intent.subject}"}
              - {id: all, at: [INFERENCE, CONFIGURE], then: ALLOW}
            """;

    private static final String ONLY_ROOT =
            """
            version: 1
            rules:
              - {id: root, at: CONFIGURE, when: intent.principal == "root", then: ALLOW}
            """;
    private static final String ASKS_TWO =
            """
            version: 1
            rules:
              - {id: board, at: CONFIGURE, then: ASK, reason: a change, approval: {quorum: 2, expires: PT1H}}
            """;

    private final MemoryHost host = new MemoryHost();
    private final StartingSettings settings = new StartingSettings();
    private PolicyVersions versions;
    private JournaledGate gate;
    private Policies policies;

    GuardedPoliciesTest() {
        start();
    }

    /** Everything in memory is made anew from the store. */
    private void start() {
        versions = new PolicyVersions(settings, host);
        gate = new JournaledGate(versions, host, new NoReservations(), new NoApprovalDesk());
        policies = new GuardedPolicies(versions, gate, host, host.journal());
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void startsWithTheStartingPolicyAsVersionOne() {
        PolicyDocument first = policies.current();

        assertThat(first.version()).isEqualTo(1);
        assertThat(first.label()).isEqualTo("1-" + first.digest().substring(0, 16));
        assertThat(first.principal()).isEqualTo("host");
        assertThat(policies.check(first.text())).isEmpty();
        assertThat(types()).containsExactly(EntryTypes.POLICY_UPDATED);
    }

    @Test
    void judgesTheVeryNextIntentByTheNewPolicy() {
        assertThat(gate.decide(Intents.inference("openai", "m")).isAllowed()).isTrue();

        PolicyDocument second = policies.update(1, NO_OPENAI, "root");

        assertThat(second.version()).isEqualTo(2);
        assertThat(gate.decide(Intents.inference("openai", "m")))
                .satisfies(verdict -> assertThat(verdict.decision()).isEqualTo(Decision.DENY))
                .satisfies(verdict -> assertThat(verdict.ruleId()).isEqualTo("not-openai"))
                .satisfies(verdict -> assertThat(verdict.reason()).isEqualTo("no openai"))
                .satisfies(verdict -> assertThat(verdict.policyVersion()).isEqualTo(second.label()));
        assertThat(types())
                .containsExactly(EntryTypes.POLICY_UPDATED, EntryTypes.GATE_VERDICT, EntryTypes.POLICY_UPDATED);
    }

    @Test
    void survivesARestartAndKeepsEveryVersion() {
        policies.update(1, NO_OPENAI, "root");
        settings.inferenceProviders = new String[] {"planner"};

        start();

        assertThat(policies.current().text()).isEqualTo(NO_OPENAI);
        assertThat(policies.history()).extracting(PolicyDocument::version).containsExactly(2L, 1L);
        assertThat(policies.version(1))
                .hasValueSatisfying(document -> assertThat(document.principal()).isEqualTo("host"));
        assertThat(policies.version(3)).isEmpty();
        assertThat(gate.decide(Intents.inference("openai", "m")).ruleId()).isEqualTo("not-openai");
    }

    @Test
    void followsTheConfigurationOnlyAsLongAsNobodyHasWrittenAPolicy() {
        start();
        assertThat(policies.current().version()).isEqualTo(1);

        settings.inferenceProviders = new String[] {"planner"};
        start();
        assertThat(policies.current().version()).isEqualTo(2);
        assertThat(gate.decide(Intents.inference("openai", "m")).isAllowed()).isFalse();
    }

    @Test
    void keepsTheLastGoodOneAndTellsWhatIsWrong() {
        String label = policies.current().label();

        assertThatThrownBy(() -> policies.update(1, NO_OPENAI.replace("intent.subject", "intent.subjcet"), "root"))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e.code()).isEqualTo(PolicyError.POLICY_INVALID);
                    assertThat(e.parameters().get("problems"))
                            .contains("line 3, rules[0].when: column 1: no such field");
                });

        assertThat(policies.current().label()).isEqualTo(label);
        assertThat(host.entries(JournalEntry.HOST_STREAM)).last().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo(EntryTypes.POLICY_REFUSED);
            assertThat(entry.body()).contains("\"code\":\"POLICY_INVALID\"").contains("no such field");
        });
    }

    @Test
    void refusesAWriterWhoHasReadAnotherVersion() {
        policies.update(1, OPEN, "root");

        assertThat(code(() -> policies.update(1, NO_OPENAI, "root"))).isEqualTo(PolicyError.POLICY_VERSION_CONFLICT);
        assertThat(policies.current().text()).isEqualTo(OPEN);
    }

    @Test
    void letsExactlyOneOfManyWritersAtOnceThrough() throws Exception {
        int writers = 16;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<ErrorCode>> results = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            String text = OPEN + "# " + i;
            results.add(threads.submit(() -> {
                start.await();
                return code(() -> policies.update(1, text, "root"));
            }));
        }
        start.countDown();
        List<ErrorCode> codes = new ArrayList<>();
        for (Future<ErrorCode> result : results) {
            codes.add(result.get());
        }
        threads.shutdown();

        assertThat(codes).filteredOn(code -> code == null).hasSize(1);
        assertThat(codes)
                .filteredOn(code -> code == PolicyError.POLICY_VERSION_CONFLICT)
                .hasSize(writers - 1);
        assertThat(policies.history()).hasSize(2);
    }

    @Test
    void isItselfJudgedByThePolicyInForce() {
        policies.update(1, ONLY_ROOT, "root");

        assertThat(code(() -> policies.update(2, OPEN, "mallory"))).isEqualTo(PolicyError.POLICY_DENIED);
        assertThat(policies.current().version()).isEqualTo(2);
    }

    @Test
    void leavesItsWriterAWayBack() {
        String nobody = OPEN.replace("CONFIGURE]", "TOOL]");

        assertThatThrownBy(() -> policies.update(1, nobody, "root"))
                .isInstanceOfSatisfying(HostException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(PolicyError.POLICY_INVALID);
                    assertThat(refusal.parameters().get("problems"))
                            .isEqualTo("rules: root could not change this policy again (default-deny);"
                                    + " it needs a rule at CONFIGURE that allows it");
                });
        assertThat(code(() -> policies.update(1, ONLY_ROOT, "alice"))).isEqualTo(PolicyError.POLICY_INVALID);
        assertThat(policies.current().version()).isEqualTo(1);
        policies.update(1, ASKS_TWO, "root");
        assertThat(policies.current().version()).isEqualTo(2);
    }

    @Test
    void changesNothingWhenItCannotBeWritten() {
        host.breakDown(true);

        assertThat(code(() -> policies.update(1, OPEN, "root"))).isEqualTo(JournalError.JOURNAL_UNAVAILABLE);

        host.breakDown(false);
        assertThat(policies.current().version()).isEqualTo(1);
        assertThat(policies.update(1, OPEN, "root").version()).isEqualTo(2);
    }

    @Test
    void tellsWhatADraftWouldHaveChanged() {
        gate.decide(Intents.inference("openai", "m"));
        gate.decide(Intents.inference("planner", "m"));
        gate.decide(Intent.builder(GatePoint.INSTALL, "tool", "root").build());

        Policies.DryRun run = policies.dryRun(NO_OPENAI, everything());

        assertThat(run.judged()).isEqualTo(3);
        assertThat(run.same()).isEqualTo(1);
        assertThat(run.changed())
                .extracting(Policies.Change::subject, Policies.Change::was, Policies.Change::would)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("openai", Decision.ALLOW, Decision.DENY),
                        org.assertj.core.groups.Tuple.tuple("tool", Decision.ALLOW, Decision.DENY));
        assertThat(run.draft()).startsWith("2-");
        assertThat(policies.current().version()).isEqualTo(1);
    }

    @Test
    void looksAtOneRunOrATimeSpanOnly() {
        gate.decide(Intents.inference("openai", "m"));
        gate.decide(Intent.builder(GatePoint.INFERENCE, "openai", "alice")
                .run("r2", null)
                .build());

        assertThat(policies.dryRun(NO_OPENAI, new Scope(Optional.of("r2"), Instant.EPOCH, Instant.MAX))
                        .changed())
                .singleElement()
                .satisfies(change -> assertThat(change.stream()).isEqualTo("run/r2"));
        assertThat(policies.dryRun(NO_OPENAI, new Scope(Optional.empty(), Instant.EPOCH, Instant.EPOCH))
                        .judged())
                .isZero();
        assertThat(code(() -> policies.dryRun(NO_OPENAI, new Scope(Optional.of("r9"), Instant.EPOCH, Instant.MAX))))
                .isEqualTo(RunError.RUN_UNKNOWN);
        assertThat(code(() -> policies.dryRun("version: 2", everything()))).isEqualTo(PolicyError.POLICY_INVALID);
    }

    private static Scope everything() {
        return new Scope(Optional.empty(), Instant.EPOCH, Instant.MAX);
    }

    private List<String> types() {
        return host.entries(JournalEntry.HOST_STREAM).stream()
                .map(JournalEntry::type)
                .toList();
    }

    private static ErrorCode code(Runnable call) {
        try {
            call.run();
            return null;
        } catch (HostException e) {
            return e.code();
        }
    }
}
