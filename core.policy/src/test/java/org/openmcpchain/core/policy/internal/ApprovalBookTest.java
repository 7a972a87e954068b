/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.policy.internal.LedgerWorld.send;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approval.State;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.RunState;

class ApprovalBookTest {

    private final LedgerWorld world = new LedgerWorld(asking("approvers: ['*'], quorum: 1, expires: PT1H"));

    private static String asking(String terms) {
        return """
                version: 1
                rules:
                  - {id: large, at: [SIGN, INSTALL], then: ASK, reason: it is large, approval: {%s}}
                caps:
                  - {id: day, unit: 'eip155:31337/slip44:60', limit: 100, window: PT24H}
                """
                .formatted(terms);
    }

    private Approval held(Intent intent) {
        Verdict verdict = world.decide(intent);
        assertThat(verdict.decision()).isEqualTo(Decision.NEEDS_APPROVAL);
        return world.approvals.find(verdict.approval()).orElseThrow();
    }

    private static void refuses(PolicyError code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private Approval approve(Approval approval) {
        return world.approvals.approve(approval.id(), "carol", approval.intentHash(), "fine");
    }

    @Test
    void asksOnceAndHoldsTheReservation() {
        Approval asked = held(send("a", 60));

        assertThat(world.decide(send("a", 60)).approval()).isEqualTo(asked.id());
        assertThat(asked.state()).isEqualTo(State.PENDING);
        assertThat(asked.rule()).isEqualTo("large");
        assertThat(asked.expiresAt()).isEqualTo(asked.createdAt().plus(Duration.ofHours(1)));
        assertThat(world.fakeStore().entries(EntryTypes.APPROVAL_REQUESTED)).hasSize(1);
        assertThat(world.usage("day").reserved()).as("drafts count").isEqualTo("60");
        assertThat(world.decide(send("b", 41)).ruleId()).isEqualTo("cap:day");
    }

    @Test
    void survivesTwoRestartsAndIsCarriedOutOnceByteByByte() {
        try (MemoryHost host = new MemoryHost()) {
            LedgerWorld durable = new LedgerWorld(asking("approvers: ['*'], expires: PT1H"), host);
            Intent intent = send("a", 60);
            String id = durable.decide(intent).approval();
            durable.restart();
            durable.restart();

            Approval asked = durable.approvals.ofKey("a").orElseThrow();
            assertThat(asked.id()).isEqualTo(id);
            assertThat(IntentText.of(asked.intent())).isEqualTo(IntentText.of(intent));
            durable.approvals.approve(id, "carol", asked.intentHash(), "fine");
            assertThat(durable.woken).containsExactly("run-a");
            durable.restart();

            Verdict verdict = durable.decide(asked.intent());
            assertThat(verdict.isAllowed()).isTrue();
            assertThat(verdict.ruleId()).isEqualTo("large:approved");
            assertThat(verdict.approval()).isEqualTo(id);
            assertThat(verdict.reason()).contains("carol");
            assertThat(durable.approvals.find(id).orElseThrow().state()).isEqualTo(State.USED);
            durable.restart();
            assertThat(durable.decide(asked.intent()).isAllowed())
                    .as("delivered once more after a crash")
                    .isTrue();
            assertThat(durable.usage("day").reserved()).isEqualTo("60");
            assertThat(durable.decide(send("other", 1)).decision())
                    .as("another key needs its own approval")
                    .isEqualTo(Decision.NEEDS_APPROVAL);
            assertThat(host.journal().verify("run/run-a").intact()).isTrue();
        }
    }

    @Test
    void everyRefusalHasItsOwnCode() {
        Approval asked = held(send("a", 60));
        refuses(PolicyError.APPROVAL_UNKNOWN, () -> world.approvals.approve("nobody", "carol", "x", ""));
        refuses(
                PolicyError.APPROVAL_INTENT_CHANGED,
                () -> world.approvals.approve(asked.id(), "carol", "0".repeat(64), ""));
        refuses(PolicyError.APPROVAL_INTENT_CHANGED, () -> world.approvals.approve(asked.id(), "carol", null, ""));
        assertThat(approve(asked).state()).isEqualTo(State.APPROVED);
        refuses(PolicyError.APPROVAL_ALREADY_DECIDED, () -> approve(asked));
        refuses(PolicyError.APPROVAL_ALREADY_DECIDED, () -> world.approvals.reject(asked.id(), "dave", "no"));
        world.decide(asked.intent());
        refuses(PolicyError.APPROVAL_ALREADY_USED, () -> approve(asked));
    }

    @Test
    void aLateAnswerDoesNotCount() {
        Approval asked = held(send("a", 60));
        world.clock.go(Duration.ofHours(1));

        refuses(PolicyError.APPROVAL_EXPIRED, () -> approve(asked));

        assertThat(world.approvals.find(asked.id()).orElseThrow().state()).isEqualTo(State.EXPIRED);
        assertThat(world.woken).containsExactly("run-a");
        assertThat(world.usage("day").reserved()).isEqualTo("0");
        Verdict verdict = world.decide(asked.intent());
        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
        assertThat(verdict.ruleId()).isEqualTo("large:expired");
        assertThat(world.usage("day").reserved()).isEqualTo("0");
    }

    @Test
    void theDefaultVerdictMayBeToAllowOnce() {
        world.update(asking("approvers: ['*'], expires: PT1H, onExpiry: ALLOW"));
        Approval asked = held(send("a", 60));
        world.clock.go(Duration.ofHours(2));
        assertThat(world.approvals.list(Set.of(State.EXPIRED), 0, 10).total()).isEqualTo(1);
        assertThat(world.usage("day").reserved()).as("it may still happen").isEqualTo("60");

        Verdict verdict = world.decide(asked.intent());

        assertThat(verdict.isAllowed()).isTrue();
        assertThat(verdict.ruleId()).isEqualTo("large:expired");
        assertThat(world.approvals.find(asked.id()).orElseThrow().state()).isEqualTo(State.USED);
        assertThat(world.decide(asked.intent()).ruleId()).isEqualTo("large:expired");
        assertThat(world.decide(send("a", 61)).decision()).isEqualTo(Decision.NEEDS_APPROVAL);
    }

    @Test
    void expiryIsSeenByTheGateWhenNobodyElseLooked() {
        Approval asked = held(send("a", 60));
        world.clock.go(Duration.ofHours(1));

        assertThat(world.decide(asked.intent()).ruleId()).isEqualTo("large:expired");
        assertThat(world.approvals.find(asked.id()).orElseThrow().state()).isEqualTo(State.EXPIRED);
        assertThat(world.usage("day").reserved()).isEqualTo("0");
    }

    @Test
    void aRejectedIntentIsDeniedInThePersonsWords() {
        Approval asked = held(send("a", 60));

        world.approvals.reject(asked.id(), "carol", "not to\u202e him\n");

        assertThat(world.usage("day").reserved()).isEqualTo("0");
        assertThat(world.woken).containsExactly("run-a");
        Verdict verdict = world.decide(asked.intent());
        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
        assertThat(verdict.ruleId()).isEqualTo("large:rejected");
        assertThat(verdict.reason()).contains("carol", "not to", "him").doesNotContain("\u202e", "\n");
        assertThat(world.decide(send("a", 1)).ruleId())
                .as("asking for a little less is no new question")
                .isEqualTo("large:rejected");
        assertThat(world.usage("day").reserved()).isEqualTo("0");
    }

    @Test
    void changedArgumentsNeedANewApproval() {
        Approval asked = held(send("a", 60));
        approve(asked);

        Verdict changed = world.decide(send("a", 61));

        assertThat(changed.decision()).isEqualTo(Decision.NEEDS_APPROVAL);
        assertThat(changed.approval()).isNotEqualTo(asked.id());
        assertThat(world.approvals.find(asked.id()).orElseThrow().state()).isEqualTo(State.WITHDRAWN);
        refuses(PolicyError.APPROVAL_WITHDRAWN, () -> approve(asked));
        assertThat(world.usage("day").reserved()).isEqualTo("61");
    }

    @Test
    void aChangedPolicyJudgesAnew() {
        Approval pending = held(send("a", 10));
        Approval approved = held(send("b", 10));
        approve(approved);
        world.update(asking("approvers: [dave], expires: PT1H"));

        refuses(PolicyError.APPROVAL_POLICY_CHANGED, () -> approve(pending));
        Verdict anew = world.decide(approved.intent());

        assertThat(anew.decision()).isEqualTo(Decision.NEEDS_APPROVAL);
        assertThat(anew.approval()).isNotEqualTo(approved.id());
        assertThat(world.woken).contains("run-a");
        assertThat(world.approvals.find(pending.id()).orElseThrow().state()).isEqualTo(State.WITHDRAWN);
        refuses(
                PolicyError.APPROVAL_NOT_YOURS,
                () -> world.approvals.approve(anew.approval(), "carol", anew.intentHash(), ""));
    }

    private static final String DAY_AND_NIGHT =
            """
            version: 1
            rules:
              - id: day
                at: SIGN
                when: now.getHours("UTC") >= 6 && now.getHours("UTC") < 18
                then: ASK
                approval: {expires: PT8H, onExpiry: ALLOW}
              - {id: night, at: SIGN, then: ASK, approval: {approvers: [carol, dave], quorum: 2, expires: PT8H}}
            caps:
              - {id: coins, unit: 'eip155:31337/slip44:60', limit: 100}
            """;

    @Test
    void silenceByDayIsNoYesAtNight() {
        world.update(DAY_AND_NIGHT);
        Approval byDay = held(send("a", 60));
        world.clock.go(Duration.ofHours(9));

        Approval atNight = held(byDay.intent());

        assertThat(atNight.id()).isNotEqualTo(byDay.id());
        assertThat(atNight.required()).isEqualTo(2);
        assertThat(atNight.onExpiry()).isEqualTo(Decision.DENY);
        assertThat(world.approvals.find(byDay.id()).orElseThrow().state()).isEqualTo(State.EXPIRED);
        assertThat(held(byDay.intent()).id())
                .as("asked once more, not each time")
                .isEqualTo(atNight.id());
        assertThat(world.usage("coins").reserved()).isEqualTo("60");
        world.clock.go(Duration.ofHours(8));
        assertThat(world.decide(byDay.intent()).ruleId()).isEqualTo("night:expired");
    }

    @Test
    void silenceThatSomebodyNoticedByDayIsNoYesAtNight() {
        world.update(DAY_AND_NIGHT);
        world.clock.go(Duration.ofHours(-4));
        Approval byDay = held(send("a", 60));
        world.clock.go(Duration.ofHours(9));
        assertThat(world.approvals.find(byDay.id()).orElseThrow().state()).isEqualTo(State.EXPIRED);
        world.clock.go(Duration.ofHours(2));

        assertThat(held(byDay.intent()).rule()).isEqualTo("night");
    }

    @Test
    void oneYesOfTheDayIsNoQuorumAtNight() {
        world.update(DAY_AND_NIGHT);
        Approval pending = held(send("a", 10));
        Approval approved = held(send("b", 20));
        world.approvals.approve(approved.id(), "mallory", approved.intentHash(), "");
        world.clock.go(Duration.ofHours(7));

        Approval pendingAnew = held(pending.intent());
        Approval approvedAnew = held(approved.intent());

        assertThat(pendingAnew.id()).isNotEqualTo(pending.id());
        assertThat(approvedAnew.id()).isNotEqualTo(approved.id());
        assertThat(approvedAnew.votes()).isEmpty();
        assertThat(world.approvals.find(approved.id()).orElseThrow().state()).isEqualTo(State.WITHDRAWN);
        refuses(PolicyError.APPROVAL_WITHDRAWN, () -> approve(pending));
        refuses(
                PolicyError.APPROVAL_NOT_YOURS,
                () -> world.approvals.approve(pendingAnew.id(), "mallory", pendingAnew.intentHash(), ""));
        assertThat(world.fakeStore().entries(EntryTypes.APPROVAL_CLOSED).stream()
                        .filter(entry -> entry.body().contains(ApprovalBook.ASKS_MORE)))
                .hasSize(2);
    }

    @Test
    void aQuestionOfTheNightIsGoodByDay() {
        world.update(DAY_AND_NIGHT);
        world.clock.go(Duration.ofHours(17));
        Approval atNight = held(send("a", 60));
        world.clock.go(Duration.ofHours(2));

        assertThat(held(atNight.intent()).id()).isEqualTo(atNight.id());
        approve(atNight);
        world.approvals.approve(atNight.id(), "dave", atNight.intentHash(), "");

        assertThat(world.decide(atNight.intent()).ruleId()).isEqualTo("night:approved");
    }

    @Test
    void aPolicyThatAllowsOrDeniesWithdrawsTheQuestion() {
        Approval asked = held(send("a", 10));
        world.update(LedgerWorld.allowing("- {id: day, unit: 'eip155:31337/slip44:60', limit: 100}\n"));

        assertThat(world.decide(asked.intent()).isAllowed()).isTrue();
        assertThat(world.approvals.find(asked.id()).orElseThrow().state()).isEqualTo(State.WITHDRAWN);

        world.update("version: 1\nrules: [{id: none, at: SIGN, then: DENY, reason: no}]\n");
        assertThat(world.decide(send("b", 10)).decision()).isEqualTo(Decision.DENY);
    }

    @Test
    void nobodyApprovesForARunThatHasEnded() {
        Approval asked = held(send("a", 60));
        world.runs.put("run-a", RunState.CANCELLED, world.clock.instant());
        world.fakeStore().end("run/run-a");

        refuses(PolicyError.APPROVAL_WITHDRAWN, () -> approve(asked));
        assertThat(world.usage("day").reserved()).isEqualTo("0");
        assertThat(world.approvals.find(asked.id()).orElseThrow().closedAt()).isPresent();
    }

    @Test
    void aQuorumNeedsDifferentPeople() {
        world.update(asking("approvers: [carol, dave, alice], quorum: 2, expires: PT1H, otherThanRequester: true"));
        Approval asked = held(send("a", 60));

        refuses(
                PolicyError.APPROVAL_NOT_YOURS,
                () -> world.approvals.approve(asked.id(), "alice", asked.intentHash(), ""));
        refuses(
                PolicyError.APPROVAL_NOT_YOURS,
                () -> world.approvals.approve(asked.id(), "mallory", asked.intentHash(), ""));
        assertThat(approve(asked).state()).isEqualTo(State.PENDING);
        refuses(PolicyError.APPROVAL_ALREADY_VOTED, () -> approve(asked));
        refuses(PolicyError.APPROVAL_ALREADY_VOTED, () -> world.approvals.reject(asked.id(), "carol", "no, wait"));
        assertThat(world.decide(asked.intent()).decision()).isEqualTo(Decision.NEEDS_APPROVAL);
        world.restart();

        assertThat(world.approvals
                        .approve(asked.id(), "dave", asked.intentHash(), "")
                        .state())
                .isEqualTo(State.APPROVED);
        assertThat(world.decide(asked.intent()).reason()).contains("carol, dave");
    }

    @Test
    void oneOfSixteenThatApproveAtOnceWins() throws Exception {
        Approval asked = held(send("a", 60));
        List<Object> results = together(16, i -> {
            try {
                return world.approvals
                        .approve(asked.id(), "p" + i, asked.intentHash(), "")
                        .state();
            } catch (HostException e) {
                return e.code();
            }
        });
        assertThat(results.stream().filter(State.APPROVED::equals)).hasSize(1);
        assertThat(results.stream().filter(PolicyError.APPROVAL_ALREADY_DECIDED::equals))
                .hasSize(15);
        assertThat(world.woken).containsExactly("run-a");

        List<Object> verdicts = together(16, i -> world.decide(asked.intent()).isAllowed());
        assertThat(verdicts).containsOnly(true);
        assertThat(world.fakeStore().entries(EntryTypes.APPROVAL_CLOSED).stream()
                        .filter(entry -> entry.body().contains("\"USED\"")))
                .as("used once")
                .hasSize(1);
        assertThat(world.usage("day").reserved()).isEqualTo("60");
    }

    private interface Numbered {
        Object call(int number);
    }

    private static List<Object> together(int threads, Numbered task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Object>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    start.await();
                    return task.call(number);
                }));
            }
            start.countDown();
            List<Object> results = new ArrayList<>();
            for (Future<Object> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void anInstallationIsBoundToItsHashAndApprovedOnce() {
        Intent install =
                Intent.builder(GatePoint.INSTALL, "org.example.dex", "root").build();
        Approval asked = held(install);
        assertThat(world.decide(install).approval()).isEqualTo(asked.id());
        approve(asked);

        assertThat(world.decide(install).isAllowed()).isTrue();
        Verdict again = world.decide(install);

        assertThat(again.decision()).isEqualTo(Decision.NEEDS_APPROVAL);
        assertThat(again.approval()).isNotEqualTo(asked.id());
        world.approvals.reject(again.approval(), "carol", "enough");
        assertThat(world.decide(install).ruleId()).isEqualTo("large:rejected");
        world.clock.go(Duration.ofHours(1));
        assertThat(world.decide(install).decision())
                .as("a no does not stand for ever where nothing else tells two requests apart")
                .isEqualTo(Decision.NEEDS_APPROVAL);
        world.clock.go(Duration.ofHours(1));
        assertThat(world.decide(install).decision()).isEqualTo(Decision.NEEDS_APPROVAL);
        assertThat(world.approvals.list(Set.of(), 0, 2).nextOffset()).hasValue(2);
        assertThat(world.approvals.list(Set.of(), 0, 2).items().get(0).createdAt())
                .isEqualTo(world.clock.instant());
        assertThat(world.approvals.list(Set.of(), 99, 2).items()).isEmpty();
    }

    private static String twoCaps(String terms, String otherTerms) {
        return LedgerWorld.allowing(
                """
                - {id: once, unit: count, limit: 0, at: SIGN, then: ASK, approval: {%s}}
                - {id: soft, unit: 'eip155:31337/slip44:60', limit: 10, then: ASK, approval: {%s}}
                """
                        .formatted(terms, otherTerms));
    }

    @Test
    void twoCapsThatAskAreOneQuestionUnderTheTermsOfBoth() {
        world.update(
                twoCaps("approvers: [mallory, carol], onExpiry: ALLOW", "approvers: [carol, dave], expires: PT4H"));
        assertThat(held(send("a", 10)).reason()).doesNotContain("soft");

        Approval asked = held(send("b", 1));

        assertThat(asked.rule()).isEqualTo("cap:once");
        assertThat(asked.reason()).contains("cap once allows 0 times", "cap soft allows 10 base units");
        assertThat(asked.onExpiry()).isEqualTo(Decision.DENY);
        refuses(
                PolicyError.APPROVAL_NOT_YOURS,
                () -> world.approvals.approve(asked.id(), "mallory", asked.intentHash(), ""));
        approve(asked);
        assertThat(world.decide(asked.intent()).isAllowed()).isTrue();
    }

    @Test
    void twoCapsWithoutACommonApproverDeny() {
        world.update(twoCaps("approvers: [carol]", "approvers: [dave]"));

        Verdict verdict = world.decide(send("a", 11));

        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
        assertThat(verdict.reason()).isEqualTo("cap once and cap soft have no approver in common");
        assertThat(world.usage("soft").reserved()).isEqualTo("0");
    }

    @Test
    void aCapThatFilledUpBehindTheQuestionAsksAnew() {
        world.update(twoCaps("approvers: ['*']", "approvers: [dave]"));
        Approval first = held(send("a", 6));
        world.approvals.approve(first.id(), "mallory", first.intentHash(), "");
        held(send("b", 4));
        held(send("c", 1));

        Approval anew = held(first.intent());

        assertThat(anew.id()).isNotEqualTo(first.id());
        refuses(PolicyError.APPROVAL_NOT_YOURS, () -> approve(anew));
        assertThat(world.usage("soft").reserved()).isEqualTo("11");
    }

    @Test
    void aCapMayAskInsteadOfDenying() {
        world.update(
                LedgerWorld.allowing(
                        "- {id: soft, unit: 'eip155:31337/slip44:60', limit: 10, then: ASK, approval: {approvers: ['*'], expires: PT1H}}\n"));
        assertThat(world.decide(send("a", 10)).isAllowed()).isTrue();
        Approval asked = held(send("b", 1));
        assertThat(asked.rule()).isEqualTo("cap:soft");
        assertThat(world.usage("soft").reserved()).isEqualTo("11");
        approve(asked);
        assertThat(world.decide(asked.intent()).ruleId()).isEqualTo("cap:soft:approved");
        assertThat(world.usage("soft").reserved()).isEqualTo("11");
    }
}
