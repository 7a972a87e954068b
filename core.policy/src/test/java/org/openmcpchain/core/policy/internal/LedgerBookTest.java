/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.policy.internal.LedgerWorld.allowing;
import static org.openmcpchain.core.policy.internal.LedgerWorld.ask;
import static org.openmcpchain.core.policy.internal.LedgerWorld.send;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.policy.internal.FakeJournaledStore.Fate;
import org.openmcpchain.core.policy.internal.FakeJournaledStore.KilledError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Spent;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.RunState;

class LedgerBookTest {

    private static final String DAY_COIN =
            "- {id: day, unit: 'eip155:31337/slip44:60', limit: 100, per: ALL, window: PT24H}\n";

    @Test
    void fillsACapToTheLastUnitAndNotOneMore() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));

        assertThat(world.decide(send("a", 60)).isAllowed()).isTrue();
        Verdict above = world.decide(send("b", 41));
        assertThat(above.decision()).isEqualTo(Decision.DENY);
        assertThat(above.ruleId()).isEqualTo("cap:day");
        assertThat(above.reason()).contains("100 base units", "60 base units").contains("are reserved or spent");
        assertThat(world.decide(send("c", 40)).isAllowed()).isTrue();
        assertThat(world.decide(send("d", 1)).isAllowed()).isFalse();
        assertThat(world.usage("day").reserved()).isEqualTo("100");
    }

    @Test
    void aRepeatedKeyReplacesItsOwnReservation() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));

        world.decide(send("a", 60));
        assertThat(world.decide(send("a", 60)).isAllowed()).isTrue();
        assertThat(world.usage("day").reserved()).isEqualTo("60");
        assertThat(world.decide(send("a", 100)).isAllowed()).isTrue();
        assertThat(world.decide(send("a", 101)).isAllowed()).isFalse();
        assertThat(world.usage("day").reserved())
                .as("what was allowed before may still be used")
                .isEqualTo("100");
    }

    @Test
    void settlesOnceAndCountsForTheWholeWindow() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));
        world.decide(send("a", 70));
        world.clock.go(Duration.ofHours(5));

        world.book.settle("a", Spent.mined(true, BigInteger.TEN));
        world.book.settle("a", Spent.mined(true, BigInteger.TEN));
        world.book.settle("unknown", Spent.mined(true, BigInteger.TEN));

        assertThat(world.usage("day").reserved()).isEqualTo("0");
        assertThat(world.usage("day").settled()).isEqualTo("70");
        assertThat(world.usage("day").windowEnds())
                .isEqualTo(Optional.of(world.clock.instant().plus(Duration.ofHours(24))));
        world.clock.go(Duration.ofHours(24).minusMillis(1));
        assertThat(world.decide(send("b", 31)).isAllowed()).isFalse();
        world.clock.go(Duration.ofMillis(1));
        assertThat(world.decide(send("b", 100)).isAllowed()).isTrue();
    }

    @Test
    void keepsAReservationWithoutAnEndWhateverTheWindow() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));
        world.decide(send("a", 70));
        world.clock.go(Duration.ofDays(9));

        assertThat(world.decide(send("b", 31)).isAllowed()).isFalse();
    }

    @Test
    void aRevertedTransactionGivesItsMovementsBackAndKeepsItsGas() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN
                + "- {id: fees, unit: wei-fee, limit: 1000}\n"
                + "- {id: gas, unit: gas, limit: 1000}\n"
                + "- {id: often, unit: count, limit: 9, at: SIGN}\n"));
        world.decide(send("a", 70));
        assertThat(world.usage("fees").reserved()).isEqualTo("200");
        assertThat(world.usage("gas").reserved()).isEqualTo("100");
        world.log.put("a", TransactionState.REVERTED, 30L, 2L);

        world.book.settle("a", Spent.mined(false, BigInteger.valueOf(60)));

        assertThat(world.usage("day").settled()).isEqualTo("0");
        assertThat(world.usage("fees").settled()).isEqualTo("60");
        assertThat(world.usage("gas").settled()).isEqualTo("30");
        assertThat(world.usage("often").settled()).isEqualTo("1");
        assertThat(world.usage("fees").reserved()).isEqualTo("0");
    }

    @Test
    void releasesWhatWillNeverHappen() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));
        world.decide(send("a", 100));

        world.book.release("a", "dropped");
        world.book.release("a", "dropped");

        assertThat(world.usage("day").reserved()).isEqualTo("0");
        assertThat(world.fakeStore().documents(LedgerText.RECORDS)).isEmpty();
        assertThat(world.decide(send("b", 100)).isAllowed()).isTrue();
    }

    @Test
    void countsForEachHolderAlone() {
        LedgerWorld world = new LedgerWorld(allowing("- {id: mine, unit: count, limit: 1, per: PRINCIPAL, at: SIGN}\n"
                + "- {id: there, unit: 'eip155:31337/slip44:60', limit: 10, per: RECIPIENT}\n"));

        assertThat(world.decide(send("a", "alice", LedgerWorld.BOB, 10)).isAllowed())
                .isTrue();
        assertThat(world.decide(send("b", "alice", LedgerWorld.CAROL, 1)).ruleId())
                .isEqualTo("cap:mine");
        assertThat(world.decide(send("c", "bob", LedgerWorld.BOB, 1)).ruleId()).isEqualTo("cap:there");
        assertThat(world.decide(send("d", "bob", LedgerWorld.CAROL, 10)).isAllowed())
                .isTrue();
        assertThat(world.usages("there")).hasSize(2);
    }

    @Test
    void filtersAndSingleTransactionsNeedNoMemory() {
        LedgerWorld world = new LedgerWorld(allowing(
                "- {id: one, unit: 'eip155:31337/slip44:60', limit: 50, per: TRANSACTION, when: 'tx.to != \"\"'}\n"));

        assertThat(world.decide(send("a", 50)).isAllowed()).isTrue();
        assertThat(world.decide(send("b", 50)).isAllowed()).isTrue();
        assertThat(world.decide(send("c", 51)).ruleId()).isEqualTo("cap:one");
        assertThat(world.fakeStore().documents(LedgerText.RECORDS)).isEmpty();
        assertThat(world.fakeStore().entries(EntryTypes.LEDGER_CHANGED)).isEmpty();
    }

    @Test
    void aRefusedWriteTakesTheReservationBack() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));
        world.decide(send("a", 30));
        world.fakeStore().next(Fate.REFUSE);

        assertThatThrownBy(() -> world.decide(send("b", 70))).isInstanceOf(HostException.class);
        world.fakeStore().next(Fate.REFUSE);
        assertThatThrownBy(() -> world.decide(send("a", 50)))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(JournalError.JOURNAL_UNAVAILABLE));

        assertThat(world.usage("day").reserved()).isEqualTo("30");
        assertThat(world.decide(send("c", 70)).isAllowed()).isTrue();
    }

    @Test
    void aRefusedSettlementStaysReserved() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));
        world.decide(send("a", 30));
        world.fakeStore().next(Fate.REFUSE);

        assertThatThrownBy(() -> world.book.settle("a", Spent.mined(false, BigInteger.ONE)))
                .isInstanceOf(HostException.class);

        assertThat(world.usage("day").reserved()).isEqualTo("30");
    }

    @Test
    void findsEverythingAgainAfterACrash() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));
        world.decide(send("a", 30));
        world.decide(send("b", 20));
        world.book.settle("b", Spent.mined(true, BigInteger.ONE));
        world.fakeStore().next(Fate.WRITE_AND_DIE);
        assertThatThrownBy(() -> world.decide(send("c", 40))).isInstanceOf(KilledError.class);

        world.restart();

        assertThat(world.usage("day").reserved()).isEqualTo("70");
        assertThat(world.usage("day").settled()).isEqualTo("20");
        assertThat(world.decide(send("d", 11)).isAllowed()).isFalse();
        assertThat(world.decide(send("d", 10)).isAllowed()).isTrue();
    }

    @Test
    void writesEntriesOfAnEndedRunToTheHost() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));
        world.decide(send("a", 30));
        world.fakeStore().end("run/run-a");

        world.book.settle("a", Spent.mined(true, BigInteger.ONE));

        assertThat(world.usage("day").settled()).isEqualTo("30");
        assertThat(world.fakeStore().entries(EntryTypes.LEDGER_CHANGED))
                .extracting("stream")
                .containsExactly("run/run-a", "host");
    }

    @Test
    void aCarriedOutTransactionIsNotCountedTwice() {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));
        world.decide(send("a", 60));
        world.book.settle("a", Spent.mined(true, BigInteger.ONE));

        assertThat(world.decide(send("a", 60)).isAllowed()).isTrue();
        assertThat(world.usage("day").settled()).isEqualTo("60");
        assertThat(world.usage("day").reserved()).isEqualTo("0");
        assertThat(world.decide(send("a", 41)).isAllowed())
                .as("something else under the same key is something more")
                .isFalse();
    }

    @Test
    void everyQuestionToAModelThatWasAskedCounts() {
        LedgerWorld world = new LedgerWorld(allowing("- {id: tokens, unit: tokens, limit: 100}\n"));

        assertThat(world.decide(ask("q", 30, 20)).isAllowed()).isTrue();
        assertThat(world.usage("tokens").reserved()).isEqualTo("50");
        world.book.settle("q", Spent.tokens(25, 5));
        assertThat(world.usage("tokens").settled()).isEqualTo("30");
        assertThat(world.decide(ask("q", 30, 20)).isAllowed()).isTrue();
        world.book.settle("q", Spent.tokens(0, 0));

        assertThat(world.usage("tokens").settled())
                .as("a provider that counts nothing is taken to have used all")
                .isEqualTo("80");
        assertThat(world.decide(ask("r", 20, 1)).isAllowed()).isFalse();
    }

    @Test
    void twoEqualSettlementsInOneInstantBothCount() {
        LedgerWorld world = new LedgerWorld(allowing("- {id: tokens, unit: tokens, limit: 100}\n"));
        for (int i = 0; i < 2; i++) {
            world.decide(ask("q", 10, 10));
            world.book.settle("q", Spent.tokens(10, 10));
        }
        assertThat(world.usage("tokens").settled()).isEqualTo("40");
        world.restart();
        assertThat(world.usage("tokens").settled()).isEqualTo("40");
    }

    @Test
    void pricesModelsInMicroDollarsAndDeniesThoseWithoutAPrice() {
        LedgerWorld world = new LedgerWorld(allowing("- {id: money, unit: model-usd, limit: 0.01}\n")
                + "prices:\n  - {provider: openai, model: gpt-x, input: 2.50, output: 10}\n");

        assertThat(world.decide(ask("q", 1000, 100)).isAllowed()).isTrue();
        assertThat(world.usage("money").reserved()).isEqualTo("3500");
        world.book.settle("q", Spent.tokens(1, 0));
        assertThat(world.usage("money").settled()).as("rounded up").isEqualTo("3");

        LedgerWorld unpriced = new LedgerWorld(allowing("- {id: money, unit: model-usd, limit: 0.01}\n"));
        assertThat(unpriced.decide(ask("q", 1, 1)).reason()).contains("no price for model gpt-x");
    }

    @Test
    void toolCallsAndInstallationsCountWhenTheyAreAllowed() {
        LedgerWorld world =
                new LedgerWorld(allowing("- {id: calls, unit: count, limit: 2, at: [TOOL, INSTALL], window: PT1H}\n"));
        Intent call = Intent.builder(GatePoint.TOOL, "dex_quote", "alice")
                .run("r1", "1.0")
                .key("r1/1.0")
                .build();
        Intent install = Intent.builder(GatePoint.INSTALL, "x", "root").build();

        assertThat(world.decide(call).isAllowed()).isTrue();
        assertThat(world.decide(call).isAllowed()).as("the same call again").isTrue();
        assertThat(world.usage("calls").settled()).isEqualTo("1");
        assertThat(world.decide(install).isAllowed()).isTrue();
        assertThat(world.decide(install).ruleId())
                .as("the same installation again is one more")
                .isEqualTo("cap:calls");
    }

    @Test
    void aBlownFuseStaysShutUntilItIsReset() {
        LedgerWorld world = new LedgerWorld(allowing("- {id: budget, unit: tokens, limit: 100, fuse: true}\n"));
        world.decide(ask("a", 60, 0));
        world.book.settle("a", Spent.tokens(60, 0));

        assertThat(world.decide(ask("b", 41, 0)).ruleId()).isEqualTo("cap:budget");
        assertThat(world.decide(ask("c", 1, 0)).reason()).contains("has blown");
        world.restart();
        assertThat(world.usage("budget").blown()).isTrue();
        assertThat(world.decide(ask("c", 1, 0)).isAllowed()).isFalse();

        assertThat(world.book.reset("budget", "root").blown()).isFalse();

        assertThat(world.decide(ask("c", 100, 0)).isAllowed())
                .as("a new budget")
                .isTrue();
        world.restart();
        assertThat(world.usage("budget").settled()).isEqualTo("0");
        assertThat(world.usage("budget").reserved()).isEqualTo("100");
        assertThatThrownBy(() -> world.book.reset("nothing", "root"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(PolicyError.POLICY_CAP_UNKNOWN));
    }

    @Test
    void aFuseWhoseDenialWasNotWrittenIsWrittenWithTheNextOne() {
        LedgerWorld world = new LedgerWorld(allowing("- {id: budget, unit: tokens, limit: 100, fuse: true}\n"));
        world.fakeStore().next(Fate.REFUSE);
        assertThatThrownBy(() -> world.decide(ask("a", 101, 0))).isInstanceOf(HostException.class);
        world.fakeStore().next(Fate.REFUSE);
        assertThatThrownBy(() -> world.decide(ask("b", 1, 0))).isInstanceOf(HostException.class);
        assertThat(world.usage("budget").blown()).isTrue();

        assertThat(world.decide(ask("c", 1, 0)).reason()).contains("has blown");
        assertThat(world.decide(ask("d", 1, 0)).reason()).contains("has blown");

        assertThat(world.fakeStore().entries(EntryTypes.LEDGER_CHANGED))
                .as("written once")
                .singleElement()
                .satisfies(entry -> assertThat(entry.body()).contains("\"BLOWN\""));
        world.restart();
        assertThat(world.usage("budget").blown()).isTrue();
    }

    @Test
    void aFuseThatWasResetIsNotWrittenAgain() {
        LedgerWorld world = new LedgerWorld(allowing("- {id: budget, unit: tokens, limit: 100, fuse: true}\n"));
        world.fakeStore().next(Fate.REFUSE);
        assertThatThrownBy(() -> world.decide(ask("a", 101, 0))).isInstanceOf(HostException.class);
        world.book.reset("budget", "root");

        assertThat(world.decide(ask("b", 100, 0)).isAllowed()).isTrue();
        world.restart();

        assertThat(world.usage("budget").blown()).isFalse();
        assertThat(world.fakeStore().documents(LedgerText.FUSES)).isEmpty();
    }

    @Test
    void aFuseThatBlowsKeepsTheCarriedSum() {
        LedgerWorld world =
                new LedgerWorld(allowing("- {id: ever, unit: 'eip155:31337/slip44:60', limit: 100, fuse: true}\n"));
        world.decide(send("a", 70));
        world.book.settle("a", Spent.mined(true, BigInteger.ONE));
        world.runs.put("run-a", RunState.SUCCEEDED, world.clock.instant());
        world.reconciler.run();
        assertThat(world.fakeStore().documents(LedgerText.RECORDS)).isEmpty();

        assertThat(world.decide(send("b", 31)).isAllowed()).isFalse();
        world.restart();

        assertThat(world.usage("ever").settled()).isEqualTo("70");
        assertThat(world.usage("ever").blown()).isTrue();
    }

    @Test
    void carriesTheSumOfWhatIsOverAndForgetsItsRecords() {
        LedgerWorld world =
                new LedgerWorld(allowing(DAY_COIN + "- {id: ever, unit: 'eip155:31337/slip44:60', limit: 1000}\n"));
        for (int i = 0; i < 5; i++) {
            world.decide(send("k" + i, 20));
            world.book.settle("k" + i, Spent.mined(true, BigInteger.ONE));
        }
        world.runs.put("run-k0", RunState.RUNNING, world.clock.instant());
        for (int i = 1; i < 5; i++) {
            world.runs.put("run-k" + i, RunState.SUCCEEDED, world.clock.instant());
        }
        world.reconciler.run();
        assertThat(world.fakeStore().documents(LedgerText.RECORDS))
                .as("still within the window")
                .hasSize(5);

        world.clock.go(Duration.ofHours(25));
        world.reconciler.run();

        assertThat(world.fakeStore().documents(LedgerText.RECORDS)).hasSize(1);
        assertThat(world.usage("ever").settled()).isEqualTo("100");
        world.restart();
        assertThat(world.usage("ever").settled()).isEqualTo("100");
        assertThat(world.usage("day").settled()).isEqualTo("0");
        assertThat(world.decide(send("z", 100)).isAllowed()).isTrue();
    }

    @Test
    void concurrentDecisionsNeverPassACap() throws Exception {
        LedgerWorld world = new LedgerWorld(allowing(DAY_COIN));
        AtomicInteger allowed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        CountDownLatch start = new CountDownLatch(1);
        try {
            var tasks = new java.util.ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 64; i++) {
                String key = "k" + i;
                tasks.add(threads.submit(() -> {
                    start.await();
                    if (world.decide(send(key, 7)).isAllowed()) {
                        allowed.incrementAndGet();
                    }
                    return null;
                }));
            }
            start.countDown();
            for (var task : tasks) {
                task.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(allowed).hasValue(14);
        assertThat(world.usage("day").reserved()).isEqualTo("98");
        assertThat(world.locks.size()).isZero();
    }
}
