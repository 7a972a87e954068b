/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.policy.internal.LedgerWorld.send;

import java.lang.annotation.Annotation;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.RunControl;
import org.openmcpchain.money.Price;
import org.openmcpchain.money.PriceSource;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approval.State;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.RunState;

/** The two services with their threads, on a clock that goes by itself. */
class ApprovalKeeperTest {

    private static final String POLICY =
            """
            version: 1
            rules:
              - {id: large, at: SIGN, when: 'tx.value > amount("5")', then: ASK, reason: large, approval: {approvers: ['*'], expires: %s}}
              - {id: rest, at: SIGN, then: ALLOW, reason: small}
            caps:
              - {id: usd, unit: value-usd, limit: 1000}
            """;

    private final FakeJournaledStore store = new FakeJournaledStore();
    private final FakeTransactionLog log = new FakeTransactionLog();
    private final FakeRuns runs = new FakeRuns();
    private final List<String> woken = new CopyOnWriteArrayList<>();
    private final PriceSource prices = asset -> Optional.of(new Price(BigInteger.valueOf(3000), 0, Instant.now()));
    private LedgerKeeper ledgers;
    private ApprovalKeeper approvals;
    private JournaledGate gate;

    private void start(String expires) {
        PolicyVersions policies = LedgerWorld.policies(POLICY.formatted(expires));
        DecisionLocks locks = new DecisionLocks();
        ledgers = new LedgerKeeper(new Ledgering(), store, locks, log, policies);
        ledgers.bindRuns(runs);
        ledgers.bindPrices(prices);
        approvals = new ApprovalKeeper(new Approving(), store, locks, ledgers, policies);
        gate = new JournaledGate(policies, store, ledgers, approvals, Clock.systemUTC());
        RunControl control = woken::add;
        approvals.bindRuns(runs);
        approvals.bindControl(control);
    }

    private void stop() {
        ledgers.unbindPrices(prices);
        ledgers.unbindRuns(runs);
        ledgers.close();
        approvals.unbindRuns(runs);
        approvals.close();
    }

    @Test
    void aRunThatMissedItsAnswerIsWokenWhenTheHostStarts() {
        start("PT1H");
        Verdict held = gate.decide(send("a", 6));
        runs.put("run-a", RunState.WAITING_APPROVAL, Instant.now());
        approvals.approve(held.approval(), "carol", held.intentHash(), "");
        woken.clear();
        stop();

        start("PT1H");

        await().until(() -> woken.contains("run-a"));
        Verdict other = gate.decide(send("b", 6));
        runs.put("run-b", RunState.WAITING_APPROVAL, Instant.now());
        approvals.sweep();
        assertThat(woken).as("whoever is asked about waits").doesNotContain("run-b");
        assertThat(approvals.find(other.approval())).isPresent();
        assertThat(approvals.ofKey("b").map(Approval::id)).contains(other.approval());
        assertThat(approvals.list(Set.of(State.PENDING), 0, 10).total()).isEqualTo(1);
        approvals.reject(other.approval(), "carol", "no");
        assertThat(woken).contains("run-b");
        stop();
    }

    @Test
    void theThreadClosesWhatHasLapsedAndWakesItsRun() {
        start("PT1S");
        Verdict held = gate.decide(send("a", 6));

        await().until(() -> woken.contains("run-a"));

        assertThat(store.entries("approval.closed")).hasSize(1);
        assertThat(approvals.find(held.approval()).orElseThrow().state()).isEqualTo(State.EXPIRED);
        stop();
    }

    @Test
    void theThreadSettlesWhatTheLogKnows() {
        start("PT1H");
        assertThat(gate.decide(send("a", 1)).isAllowed()).isTrue();
        assertThat(ledgers.usage().get(0).reserved()).as("rounded up").isEqualTo("1");
        log.put("a", TransactionState.MINED, 10L, 1L);
        stop();

        start("PT1H");

        await().until(() -> ledgers.usage().get(0).settled().equals("1"));
        assertThat(ledgers.usage().get(0).reserved()).isEqualTo("0");
        ledgers.release("a", "nothing to release");
        assertThat(ledgers.reset("usd", "root").settled()).isEqualTo("0");
        stop();
    }

    private static final class Ledgering implements LedgerSettings {
        @Override
        public String maxPriceAge() {
            return "PT1H";
        }

        @Override
        public String reconcileEvery() {
            return "PT0.1S";
        }

        @Override
        public String releaseAfter() {
            return "PT5M";
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return LedgerSettings.class;
        }
    }

    private static final class Approving implements ApprovalSettings {
        @Override
        public String keep() {
            return Duration.ofDays(90).toString();
        }

        @Override
        public String sweepEvery() {
            return "PT60S";
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return ApprovalSettings.class;
        }
    }
}
