/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requirement H05: a part is let go when nobody needs it any more, and nothing of it stays behind. */
@Timeout(60)
class PluggedPartTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ClassLoader LOADER = new ClassLoader(PluggedPartTest.class.getClassLoader()) {};

    private final PluggedPart part = new PluggedPart("part-x", LOADER);
    private final AtomicInteger cleanedUp = new AtomicInteger();
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** Does what hanging bundles do; the good-natured ones notice an interrupt. */
    private String hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
        return "interrupted";
    }

    @Test
    void worksOnAThreadOfItsOwnThatKnowsThePartsClasses() throws Exception {
        try (PluggedPart.Hold hold = part.hold().orElseThrow()) {
            Thread worker = hold.begin(Thread::currentThread).await(LONG);
            ClassLoader loader = hold.begin(() -> Thread.currentThread().getContextClassLoader())
                    .await(LONG);

            assertThat(worker.getName()).matches("part-x-\\d+");
            assertThat(worker.isDaemon()).isTrue();
            assertThat(loader).isSameAs(LOADER);
            await().untilAsserted(() ->
                    assertThat(worker.getContextClassLoader()).isSameAs(PluggedPart.class.getClassLoader()));
        }
    }

    @Test
    void answersWithWhatTheWorkThrewWhateverItWas() {
        try (PluggedPart.Hold hold = part.hold().orElseThrow()) {
            Throwable error = new NoClassDefFoundError("a class of the bundle");

            assertThatThrownBy(() -> hold.begin(() -> {
                                throw error;
                            })
                            .await(LONG))
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(error);
        }
    }

    @Test
    void abandonsACallThatTakesTooLong() throws Exception {
        try (PluggedPart.Hold hold = part.hold().orElseThrow()) {
            DeadlineCall<String> call = hold.begin(this::hang, cleanedUp::incrementAndGet);

            assertThatThrownBy(() -> call.await(Duration.ofMillis(20))).isInstanceOf(TimeoutException.class);

            interrupted.await();
            await().until(() -> part.calls() == 0);
            assertThat(cleanedUp).hasValue(1);
        }
    }

    @Test
    void abandonsTheCallOfAnInterruptedCaller() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try (PluggedPart.Hold hold = part.hold().orElseThrow()) {
                hold.begin(() -> {
                            begun.countDown();
                            return hang();
                        })
                        .await(LONG);
                seen.complete(null);
            } catch (InterruptedException | TimeoutException | ExecutionException e) {
                seen.complete(e);
            }
        });
        caller.start();
        begun.await();

        caller.interrupt();

        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        interrupted.await();
    }

    @Test
    void neverInterruptsTheNextCall() throws Exception {
        try (PluggedPart.Hold hold = part.hold().orElseThrow()) {
            for (int i = 0; i < 500; i++) {
                DeadlineCall<String> late = hold.begin(() -> "late");
                try {
                    late.await(Duration.ZERO);
                } catch (TimeoutException e) {
                    assertThat(e).isNotNull(); // abandoned before, while or after it worked
                }
                assertThat(hold.begin(Thread::interrupted).await(LONG)).isFalse();
            }
        }
    }

    @Test
    void waitsForTheLastHoldAndRefusesNewOnes() throws Exception {
        PluggedPart.Hold hold = part.hold().orElseThrow();
        CompletableFuture<Boolean> retired = CompletableFuture.supplyAsync(() -> part.retire(LONG));
        await().until(() -> part.hold().map(this::closed).isEmpty());

        assertThat(hold.begin(() -> "still here").await(LONG)).isEqualTo("still here");
        assertThat(retired).isNotDone();
        hold.close();
        hold.close();

        assertThat(retired.get()).isTrue();
    }

    private PluggedPart.Hold closed(PluggedPart.Hold hold) {
        hold.close();
        return hold;
    }

    @Test
    void closingAHoldTwiceLeavesTheOthers() {
        PluggedPart.Hold first = part.hold().orElseThrow();
        PluggedPart.Hold second = part.hold().orElseThrow();
        first.close();
        first.close();

        assertThat(part.retire(Duration.ofMillis(20))).isFalse();
        second.close();
    }

    @Test
    void aCallKeepsThePartAfterItsCallerHasGone() {
        CountDownLatch end = new CountDownLatch(1);
        try (PluggedPart.Hold hold = part.hold().orElseThrow()) {
            hold.begin(() -> {
                end.await();
                return null;
            });
        }

        CompletableFuture<Boolean> retired = CompletableFuture.supplyAsync(() -> part.retire(LONG));
        await().until(() -> part.hold().map(this::closed).isEmpty());
        assertThat(retired).isNotDone();
        end.countDown();

        assertThat(retired.join()).isTrue();
    }

    @Test
    void interruptsWhatHasNotEndedInTime() throws Exception {
        try (PluggedPart.Hold hold = part.hold().orElseThrow()) {
            hold.begin(this::hang);

            assertThat(part.retire(Duration.ofMillis(20))).isFalse();

            interrupted.await();
        }
    }

    @Test
    void doesNotWaitForAnythingWhenItIsInterruptedItself() {
        try (PluggedPart.Hold hold = part.hold().orElseThrow()) {
            hold.begin(this::hang);
            Thread.currentThread().interrupt();

            assertThat(part.retire(LONG)).isFalse();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void cleansUpOnceWhenACallCannotBegin() {
        PluggedPart.Hold hold = part.hold().orElseThrow();
        part.retire(Duration.ZERO);

        assertThatThrownBy(() -> hold.begin(() -> "too late", cleanedUp::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);
        hold.close();
        assertThatThrownBy(() -> hold.begin(() -> "too late", cleanedUp::incrementAndGet))
                .isInstanceOf(IllegalStateException.class);

        assertThat(cleanedUp).hasValue(2);
        assertThat(part.calls()).isZero();
    }
}
