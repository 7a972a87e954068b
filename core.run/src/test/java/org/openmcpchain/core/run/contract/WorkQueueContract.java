/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.WorkQueue;
import org.openmcpchain.core.run.WorkQueue.Handler;
import org.openmcpchain.journal.Subscription;

/** What every queue must do. A queue's own test class extends this one and gives it an empty queue for each test. */
@Timeout(120)
public abstract class WorkQueueContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(20);

    private final List<Subscription> open = new CopyOnWriteArrayList<>();
    private final List<String> delivered = new CopyOnWriteArrayList<>();

    /** An empty queue, always the same one within a test. */
    protected abstract WorkQueue queue();

    @AfterEach
    public void closeSubscriptions() {
        open.forEach(Subscription::close);
    }

    private Subscription serve(int threads, Handler handler) {
        Subscription subscription = queue().serve("work", threads, handler);
        open.add(subscription);
        return subscription;
    }

    private Optional<Duration> note(String id) {
        delivered.add(id);
        return Optional.empty();
    }

    private void awaitDelivered(String... ids) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(delivered).containsExactly(ids));
    }

    private void awaitEmpty() {
        await().atMost(PATIENCE).until(() -> queue().size("work") == 0);
    }

    private static Instant now() {
        return Instant.now();
    }

    private static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    @Test
    public void deliversWhatIsDueAndForgetsWhatIsDone() {
        serve(2, this::note);
        queue().put("work", "a", now());
        awaitDelivered("a");
        awaitEmpty();
    }

    @Test
    public void keepsWhatNobodyServes() {
        queue().put("work", "a", now());
        assertThat(queue().size("work")).isEqualTo(1);
        serve(2, this::note);
        awaitDelivered("a");
    }

    @Test
    public void keepsNamesOfAnyLength() {
        String longest = "x".repeat(128);
        serve(1, this::note);
        queue().put("work", longest, now());
        awaitDelivered(longest);
    }

    @Test
    public void deliversTheOldestFirst() {
        Instant start = now().minusSeconds(60);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String id = "i" + (i * 7 % 30);
            queue().put("work", id, start.plusMillis(i));
            ids.add(id);
        }
        serve(1, this::note);
        awaitDelivered(ids.toArray(String[]::new));
    }

    @Test
    public void waitsForTheTimeThatWasSetLast() {
        queue().put("work", "early", now());
        queue().put("work", "early", inAnHour());
        queue().put("work", "late", inAnHour());
        queue().put("work", "late", now());
        serve(2, this::note);
        awaitDelivered("late");
        assertThat(queue().size("work")).isEqualTo(1);
    }

    @Test
    public void deliversWhatIsDueInAMoment() {
        serve(1, this::note);
        queue().put("work", "a", now().plusMillis(150));
        awaitDelivered("a");
    }

    @Test
    public void anItemThatIsPutInTwiceIsOneItem() {
        queue().put("work", "a", now());
        queue().put("work", "a", now());
        assertThat(queue().size("work")).isEqualTo(1);
        serve(2, this::note);
        awaitEmpty();
        assertThat(delivered).containsExactly("a");
    }

    @Test
    public void whatIsTakenOutIsNotDelivered() {
        queue().put("work", "a", now());
        queue().put("work", "b", now());
        queue().remove("work", "a");
        queue().remove("work", "unheard of");
        serve(1, this::note);
        awaitDelivered("b");
    }

    @Test
    public void putsSeveralInAtOnceAlsoWhenSomeAreThere() {
        queue().put("work", "b", inAnHour());
        queue().putAll("work", Map.of());
        queue().putAll("work", Map.of("a", now(), "b", now(), "c", inAnHour()));
        assertThat(queue().size("work")).isEqualTo(3);
        serve(1, this::note);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(delivered).containsExactlyInAnyOrder("a", "b"));
        queue().putAll("work", Map.of("d", now(), "e", now()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(delivered).containsExactlyInAnyOrder("a", "b", "d", "e"));
    }

    @Test
    public void isDueAgainWhenTheHandlerSaysSo() {
        serve(2, id -> {
            delivered.add(id);
            return delivered.size() < 3 ? Optional.of(SOON) : Optional.empty();
        });
        queue().put("work", "a", now());
        awaitDelivered("a", "a", "a");
        awaitEmpty();
    }

    @Test
    public void isDueAgainWhenTheHandlerFails() {
        serve(2, id -> {
            delivered.add(id);
            if (delivered.size() == 1) {
                throw new IllegalStateException("once");
            }
            return Optional.empty();
        });
        queue().put("work", "a", now());
        awaitDelivered("a", "a");
        awaitEmpty();
    }

    @Test
    public void whatIsPutInDuringItsWorkIsDeliveredOnceMore() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        serve(4, id -> {
            delivered.add(id);
            inWork.countDown();
            awaitOpen(goOn);
            return Optional.empty();
        });
        queue().put("work", "a", now());
        assertThat(inWork.await(60, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 5; i++) {
            queue().put("work", "a", now());
        }
        queue().remove("work", "a");
        assertThat(delivered).containsExactly("a");
        goOn.countDown();
        awaitDelivered("a", "a");
        awaitEmpty();
    }

    @Test
    public void theSoonerTimeCountsWhenItIsDueAgainForTwoReasons() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        serve(1, id -> {
            delivered.add(id);
            inWork.countDown();
            awaitOpen(goOn);
            return delivered.size() == 1 ? Optional.of(Duration.ofHours(1)) : Optional.empty();
        });
        queue().put("work", "a", now());
        assertThat(inWork.await(60, TimeUnit.SECONDS)).isTrue();
        queue().put("work", "a", now());
        goOn.countDown();
        awaitDelivered("a", "a");
    }

    @Test
    public void kindsOfWorkDoNotMix() {
        open.add(queue().serve("other", 1, id -> note("other " + id)));
        queue().put("other", "a", now());
        awaitDelivered("other a");
        queue().put("work", "a", now());
        serve(1, this::note);
        awaitDelivered("other a", "a");
    }

    @Test
    public void oneServerForEachKind() {
        serve(1, this::note);
        assertThatThrownBy(() -> queue().serve("work", 1, this::note)).isInstanceOf(IllegalStateException.class);
        queue().put("work", "a", now());
        awaitDelivered("a");
    }

    @Test
    public void theNextServerGoesOn() {
        Subscription first = serve(1, this::note);
        queue().put("work", "a", now());
        awaitDelivered("a");
        first.close();
        first.close();
        queue().put("work", "b", now());
        serve(1, id -> note("second " + id));
        awaitDelivered("a", "second b");
    }

    @Test
    public void manyItemsAreDeliveredOnceEach() {
        serve(8, this::note);
        for (int i = 0; i < 500; i++) {
            queue().put("work", "i" + i, now());
        }
        awaitEmpty();
        assertThat(delivered).hasSize(500).doesNotHaveDuplicates();
    }

    /** Each put is followed by a delivery that begins after it, and no item is in two hands. */
    @Test
    public void noPutIsLostAndNoItemIsInTwoHands() throws Exception {
        int writers = 4;
        int rounds = 50;
        Map<String, AtomicInteger> wanted = new ConcurrentHashMap<>();
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> hands = new ConcurrentHashMap<>();
        AtomicInteger clashes = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            wanted.put("i" + i, new AtomicInteger());
            hands.put("i" + i, new AtomicInteger());
        }
        serve(8, id -> {
            if (hands.get(id).incrementAndGet() > 1) {
                clashes.incrementAndGet();
            }
            seen.put(id, wanted.get(id).get());
            Thread.yield();
            hands.get(id).decrementAndGet();
            return Optional.empty();
        });
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    String id = "i" + i % 3;
                    wanted.get(id).incrementAndGet();
                    queue().put("work", id, now());
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> wanted.forEach((id, count) -> assertThat(seen).containsEntry(id, count.get())));
        awaitEmpty();
        assertThat(clashes).hasValue(0);
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("a worker was interrupted", e);
        }
    }
}
