/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Codes.assertCode;
import static org.openmcpchain.core.run.internal.SlowExecutors.awaitQuietly;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;

@Timeout(60)
final class SubscriptionTest {

    private final HookedStore store = new HookedStore();
    private final ShieldedReads reads = ShieldedReads.of(store);
    private final HostJournal journal = new HostJournal(Settings.journal("PT20S", 16, 4), reads, Clock.systemUTC());
    private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        journal.close();
        reads.close();
    }

    @Test
    void deliversWhatIsThereAndThenWhatComesWithoutGapOrDuplicate() throws Exception {
        append(300);
        ExecutorService writers = Executors.newFixedThreadPool(4);
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writing.add(writers.submit(() -> append(100)));
        }
        try (Subscription subscription = journal.subscribe("run/r1", 10, entry -> seen.add(entry.seq()))) {
            for (Future<?> one : writing) {
                one.get(30, TimeUnit.SECONDS);
            }
            await().untilAsserted(() -> assertThat(seen).hasSize(690));
            assertThat(subscription).isNotNull();
        } finally {
            writers.shutdownNow();
        }
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(11, 700).boxed().toList());
    }

    @Test
    void aSlowConsumerDelaysOnlyItself() {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger slow = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            journal.subscribe("run/r1", 0, entry -> {
                slow.incrementAndGet();
                awaitQuietly(goOn);
            });
        }
        journal.subscribe("run/r1", 0, entry -> seen.add(entry.seq()));
        append(100);

        await().untilAsserted(() -> assertThat(seen).hasSize(100));
        assertThat(slow.get()).isLessThanOrEqualTo(3);
        goOn.countDown();
        await().untilAsserted(() -> assertThat(slow).hasValue(300));
    }

    @Test
    void callsComeOneAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        journal.subscribe("run/r1", 0, entry -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            seen.add(entry.seq());
            inside.decrementAndGet();
        });
        append(200);
        await().untilAsserted(() -> assertThat(seen).hasSize(200));
        assertThat(most).hasValue(1);
    }

    @Test
    void aClosedSubscriptionIsNotCalled() {
        Subscription subscription = journal.subscribe("run/r1", 0, entry -> seen.add(entry.seq()));
        append(1);
        await().untilAsserted(() -> assertThat(seen).hasSize(1));
        subscription.close();
        subscription.close();
        append(1);
        journal.subscribe("run/r1", 0, entry -> seen.add(100 + entry.seq()));

        await().untilAsserted(() -> assertThat(seen).containsExactly(1L, 101L, 102L));
    }

    @Test
    void aConsumerMayCloseItsOwnSubscription() {
        List<Subscription> own = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch opened = new CountDownLatch(1);
        append(5);
        own.add(journal.subscribe("run/r1", 0, entry -> {
            awaitQuietly(opened);
            seen.add(entry.seq());
            own.get(0).close();
        }));
        opened.countDown();
        await().untilAsserted(() -> assertThat(seen).containsExactly(1L));
        assertSlotsComeBack();
        assertThat(seen).containsExactly(1L);
    }

    @Test
    void aFailingConsumerLosesItsSubscriptionAndNobodyElseIsHarmed() {
        journal.subscribe("run/r1", 0, entry -> {
            throw new IllegalStateException("consumer failed");
        });
        journal.subscribe("run/r1", 0, entry -> {
            throw new NoClassDefFoundError("its bundle is gone");
        });
        journal.subscribe("run/r1", 0, entry -> seen.add(entry.seq()));
        append(3);
        await().untilAsserted(() -> assertThat(seen).containsExactly(1L, 2L, 3L));
        await().untilAsserted(() -> {
            for (int i = 0; i < 3; i++) {
                journal.subscribe("other", 0, entry -> {});
            }
        });
    }

    @Test
    void refusesMoreSubscriptionsThanItHasThreadsFor() {
        List<Subscription> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(journal.subscribe("run/r1", 0, entry -> {}));
        }
        assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> journal.subscribe("run/r1", 0, entry -> {}));
        open.forEach(Subscription::close);
        assertSlotsComeBack();
    }

    @Test
    void goesOnWhenTheStoreComesBack() {
        AtomicInteger failures = new AtomicInteger();
        store.read = entries -> {
            if (failures.getAndIncrement() == 0) {
                throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
            }
            return entries;
        };
        append(2);
        journal.subscribe("run/r1", 0, entry -> seen.add(entry.seq()));
        await().untilAsserted(() -> assertThat(seen).containsExactly(1L, 2L));
    }

    private void assertSlotsComeBack() {
        await().ignoreExceptionsInstanceOf(HostException.class).until(() -> {
            List<Subscription> all = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    all.add(journal.subscribe("other", 0, entry -> {}));
                }
                return true;
            } finally {
                all.forEach(Subscription::close);
            }
        });
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            JournalEntry entry = journal.append("run/r1", "test.entry", Map.of("n", i));
            assertThat(entry.seq()).isPositive();
        }
    }
}
